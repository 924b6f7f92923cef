// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.Outcome;
import dev.powertools.idempotency.IdempotencyOptions.OnException;
import dev.powertools.idempotency.IdempotencyOptions.WhenInProgress;
import dev.powertools.idempotency.IdempotencyOptions.WhenStoreFails;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Methods that choose other than the defaults; a test gives their body. */
class Choices {

  record Order(@Nullable String id, int amount) {}

  /** Can be changed by whoever gets it. */
  record Basket(java.util.List<String> articles) {}

  final AtomicInteger bodies = new AtomicInteger();
  Callable<?> body = () -> null;

  private @Nullable Object run() throws Exception {
    bodies.incrementAndGet();
    return body.call();
  }

  /** Tells what it was asked. */
  static final class FromLedger implements ResultFallback {

    @Override
    public Object result(ResultNotKeptException why, @Nullable Object[] arguments) {
      return "from the ledger: " + ((Order) Objects.requireNonNull(arguments[0])).amount();
    }
  }

  @Idempotent(name = "waiting", key = "/id", whenInProgress = WhenInProgress.WAIT)
  @Nullable String waiting(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(
      name = "waitingEvenUnprotected",
      key = "/id",
      whenInProgress = WhenInProgress.WAIT,
      whenStoreFails = WhenStoreFails.RUN_UNPROTECTED)
  @Nullable String waitingEvenUnprotected(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "long", key = "/id", lease = "20m")
  @Nullable String longLease(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "short", key = "/id", lease = "5s")
  @Nullable String shortLease(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "once", key = "/id", lease = "until-expiry")
  @Nullable String atMostOnce(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "keep", key = "/id", onException = OnException.KEEP)
  @Nullable String keep(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "replay", key = "/id", onException = OnException.REPLAY)
  @Nullable String replay(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "keepOutcome", key = "/id", onException = OnException.KEEP)
  @Nullable Outcome keepOutcome(Order order) throws Exception {
    return (Outcome) run();
  }

  @Idempotent(name = "validated", key = "/id", validate = "/amount")
  @Nullable String validated(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "unprotected", key = "/id", whenStoreFails = WhenStoreFails.RUN_UNPROTECTED)
  @Nullable String unprotected(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "fallback", key = "/id", fallback = FromLedger.class)
  @Nullable String withFallback(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "basket", key = "/id")
  @Nullable Basket basket(Order order) throws Exception {
    return (Basket) run();
  }

  @Idempotent(name = "text", key = "/id")
  @Nullable String text(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "ledger", key = "/id", store = "ledger")
  @Nullable String elsewhere(Order order) throws Exception {
    return (String) run();
  }

  @Idempotent(name = "streams", key = "/body/id")
  void streams(InputStream in, OutputStream out, Context context) throws Exception {
    run();
  }

  @Idempotent(name = "badLease", key = "/id", lease = "soon")
  void badLease(Order order) {}

  @Idempotent(name = "badPointer", key = "/id", validate = "amount")
  void badPointer(Order order) {}

  @Idempotent(name = "noComponent", key = "/id", validate = "/price")
  void noComponent(Order order) {}

  @Idempotent(name = "badStore", key = "/id", store = "nowhere")
  void badStore(Order order) {}

  @Idempotent(name = "badFallback", key = "/id", fallback = NeedsMore.class)
  void badFallback(Order order) {}

  /** Cannot be made without help. */
  static final class NeedsMore implements ResultFallback {

    NeedsMore(String more) {
      Objects.requireNonNull(more);
    }

    @Override
    public @Nullable Object result(ResultNotKeptException why, @Nullable Object[] arguments) {
      return null;
    }
  }
}
