// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.idempotency.ClaimProtocol.Terms;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * How long the claims of one piece of work hold: until the platform's deadline, which a choice can
 * lengthen and never shorten, since nothing renews a lease. Thread-safe.
 */
final class Leases {

  private final IdempotencyOptions options;
  private final AtomicBoolean warned = new AtomicBoolean();

  Leases(IdempotencyOptions options) {
    this.options = options;
  }

  /** The terms of a claim that is made now. */
  Terms terms(KeyedCall call) {
    Duration expiry = options.expiry();
    Optional<Duration> left = call.function().remaining();
    Terms least =
        left.map(time -> Terms.until(time, expiry))
            .orElseGet(() -> new Terms(withoutDeadline(), expiry));
    if (options.leaseUntilExpiry()) {
      return least.atLeast(expiry);
    }
    Optional<Duration> chosen = options.lease();
    if (chosen.isEmpty()) {
      return least;
    }
    if (left.isPresent() && chosen.get().compareTo(left.get()) < 0) {
      warn(call.key().operation(), chosen.get(), left.get());
    }
    return least.atLeast(chosen.get());
  }

  private Duration withoutDeadline() {
    return options.leaseUntilExpiry()
        ? options.expiry()
        : options.lease().orElse(options.leaseWithoutDeadline());
  }

  private void warn(String operation, Duration chosen, Duration left) {
    if (warned.compareAndSet(false, true)) {
      LoggerFactory.getLogger(Idempotent.class)
          .warn(
              "The lease of {} is {}, and the function has {} left: the work could outlive it and"
                  + " be done twice, so the time left is used. Remove the lease, or lengthen it."
                  + " This is said once.",
              operation,
              chosen,
              left);
    }
  }
}
