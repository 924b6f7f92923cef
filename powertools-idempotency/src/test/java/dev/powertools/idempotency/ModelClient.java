// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.idempotency.ClaimProtocol.Claimed;
import dev.powertools.idempotency.ClaimProtocol.Fresh;
import dev.powertools.idempotency.ClaimProtocol.Terms;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What a client does, so that a broken one can be tried. */
record ModelClient(
    Function<Duration, Terms> terms,
    BiFunction<StoredRecord, Reply, Claimed> understand,
    BiFunction<StoredRecord, Instant, StoredRecord> forgetting,
    boolean finishesAnew) {

  static ModelClient correct() {
    return new ModelClient(
        left -> Terms.until(left, ProtocolModel.EXPIRY),
        ClaimProtocol::afterClaim,
        ClaimProtocol::forgetting,
        true);
  }

  static ModelClient withoutMargin() {
    ModelClient correct = correct();
    return new ModelClient(
        left -> new Terms(left, ProtocolModel.EXPIRY),
        correct.understand,
        correct.forgetting,
        true);
  }

  static ModelClient thatNeverYields() {
    ModelClient correct = correct();
    return new ModelClient(
        correct.terms,
        (claim, reply) -> {
          Claimed claimed = ClaimProtocol.afterClaim(claim, reply);
          return claimed instanceof ClaimProtocol.InProgress
              ? new Fresh(claim, Optional.empty())
              : claimed;
        },
        correct.forgetting,
        true);
  }

  static ModelClient thatTakesGoneForGood() {
    ModelClient correct = correct();
    return new ModelClient(correct.terms, correct.understand, correct.forgetting, false);
  }

  static ModelClient thatForgetsByItsOwnClock() {
    ModelClient correct = correct();
    return new ModelClient(
        correct.terms,
        correct.understand,
        (failed, now) -> failed.toBuilder().expiry(now.minusSeconds(1)).data(null).build(),
        true);
  }
}
