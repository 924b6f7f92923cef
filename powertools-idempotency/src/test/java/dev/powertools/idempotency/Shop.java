// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Work whose body a test gives. */
class Shop {

  record Order(@Nullable String id, int amount) {}

  record Receipt(String text, List<Order> orders) {}

  /** A result that can't be written when {@code value} throws. */
  record Unwritable(String value) {
    @Override
    public String value() {
      throw new IllegalStateException("no value today");
    }
  }

  final AtomicInteger bodies = new AtomicInteger();
  Callable<?> body = () -> null;

  @Idempotent(name = "charge", key = "/id")
  @Nullable Object charge(Order order) throws Exception {
    bodies.incrementAndGet();
    return body.call();
  }

  @Idempotent(name = "receipts", key = "/id")
  @SuppressWarnings("unchecked")
  @Nullable List<Receipt> receipts(Order order) throws Exception {
    return (List<Receipt>) run();
  }

  @Idempotent(name = "outcome", key = "/id")
  @Nullable Outcome outcome(Order order) throws Exception {
    return (Outcome) run();
  }

  @Idempotent(name = "optional", key = "/id")
  @SuppressWarnings({"unchecked", "NullableOptional"}) // bad style, and it happens
  @Nullable Optional<Receipt> optional(Order order) throws Exception {
    return (Optional<Receipt>) run();
  }

  @Idempotent(name = "count", key = "/id")
  int count(Order order) throws Exception {
    return (Integer) Objects.requireNonNull(run());
  }

  @Idempotent(name = "nothing", key = "/id")
  void nothing(Order order) throws Exception {
    run();
  }

  @Idempotent(name = "text", key = "/id")
  @Nullable String text(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "depth", key = "/id")
  @Nullable Unwritable unwritable(Order order) throws Exception {
    return (Unwritable) run();
  }

  private @Nullable Object run() throws Exception {
    bodies.incrementAndGet();
    return body.call();
  }
}
