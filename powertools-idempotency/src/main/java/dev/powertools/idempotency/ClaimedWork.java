// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Failures;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.Timing;
import dev.powertools.idempotency.ClaimProtocol.Committed;
import dev.powertools.idempotency.ClaimProtocol.Ended;
import dev.powertools.idempotency.ClaimProtocol.Lost;
import dev.powertools.idempotency.IdempotencyOptions.WhenLost;
import dev.powertools.idempotency.IdempotencySignal.Kind;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the work under a claim, and ends the claim as the work ended: by its result, by its failure
 * if that is to be kept, or by a release. Thread-safe.
 */
final class ClaimedWork {

  private static final String UNPROTECTED =
      "the caller gets the result, and another call may do the work again when the lease is over";

  private final FunctionRuntime runtime;
  private final IdempotencyStore store;
  private final IdempotencyOptions options;
  private final Claims claims;
  private final KeptResults results;
  private final Replays replays;
  private final HeldHere here;
  private final Timing timing;
  private final HeldClaim.Completer completer;

  ClaimedWork(
      FunctionRuntime runtime,
      IdempotencyStore store,
      IdempotencyOptions options,
      Claims claims,
      KeptResults results,
      Replays replays) {
    this.runtime = runtime;
    this.store = store;
    this.options = options;
    this.claims = claims;
    this.results = results;
    this.replays = replays;
    this.here = HeldHere.of(runtime);
    this.timing = runtime.timing();
    this.completer =
        (key, claim, result) ->
            PowertoolsRecords.asKept(this.results.complete(completion(claim), result, key), store);
  }

  private StoredRecord completion(StoredRecord claim) {
    return ClaimProtocol.completion(claim, options.expiry(), timing.now()).build();
  }

  /** Runs it. */
  @Nullable Object run(KeyedCall call, StoredRecord claim) throws Throwable {
    try {
      return runAndEnd(call, new HeldClaim(call.key(), claim, completer));
    } finally {
      here.end(claim);
    }
  }

  private @Nullable Object runAndEnd(KeyedCall call, HeldClaim held) throws Throwable {
    Object result;
    try (OwnClaims.Held own = OwnClaims.hold(store, held)) {
      result = call.invocation().proceed();
    } catch (Throwable t) {
      if (!(Failures.unwrap(t) instanceof VirtualMachineError)) {
        failed(call, held, t);
      }
      throw t;
    }
    if (result instanceof Outcome outcome && !outcome.completes()) {
      release(call, held, null);
    } else {
      complete(call, held.claim(), result);
    }
    return result;
  }

  private void failed(KeyedCall call, HeldClaim held, Throwable failure) {
    KeptFailure kept = KeptFailure.of(failure, options.onException(), runtime);
    if (kept == null) {
      release(call, held, failure);
      return;
    }
    StoredRecord record =
        completion(held.claim()).toBuilder().content(Content.FAILURE).data(kept.json()).build();
    try {
      Ended ended = keep(call, held, record);
      if (ended instanceof Lost lost) {
        lostAfterFailure(call, lost);
      } else if (!(ended instanceof Committed)) {
        replays.forgetWhenDeadLettered(record, call);
      }
    } catch (IdempotencyStoreException e) {
      call.emit(Kind.STORE_FAILED);
      failure.addSuppressed(e);
    }
  }

  /** Work that may have written its completion itself must not have that result overwritten. */
  private Ended keep(KeyedCall call, HeldClaim held, StoredRecord failed) {
    if (!held.isHandedOut()) {
      return claims.complete(call.key(), failed, call.function());
    }
    Ended ended = claims.release(call.key(), held.claim());
    return ended instanceof Lost || ended instanceof Committed
        ? ended
        : claims.finishAnew(call.key(), failed);
  }

  private void release(KeyedCall call, HeldClaim held, @Nullable Throwable failure) {
    try {
      Ended ended = claims.release(call.key(), held.claim());
      if (ended instanceof Lost lost) {
        lostAfterFailure(call, lost);
      }
    } catch (IdempotencyStoreException e) {
      call.emit(Kind.STORE_FAILED);
      if (failure == null) {
        log().error("{} stays claimed until its lease is over: it was not released", call.key(), e);
      } else {
        failure.addSuppressed(e);
      }
    }
  }

  private static void lostAfterFailure(KeyedCall call, Lost lost) {
    call.emit(Kind.LOST);
    log().warn("The work failed, and its claim was lost", lostException(call, lost));
  }

  private void complete(KeyedCall call, StoredRecord claim, @Nullable Object result) {
    StoredRecord completed = results.complete(completion(claim), result, call.key());
    if (completed.content() == Content.NOT_KEPT) {
      call.emit(Kind.NOT_KEPT);
    }
    try {
      Ended ended = claims.complete(call.key(), completed, call.function());
      if (ended instanceof Lost lost) {
        lost(call, lost);
      } else {
        replays.remember(completed);
      }
    } catch (IdempotencyStoreException e) {
      call.emit(Kind.STORE_FAILED);
      log().error("{} is done, but its result was not stored: {}", call.key(), UNPROTECTED, e);
    }
  }

  private void lost(KeyedCall call, Lost lost) {
    call.emit(Kind.LOST);
    ClaimLostException failure = lostException(call, lost);
    log().error("The result of {} is not stored", call.key(), failure);
    if (options.whenLost() == WhenLost.THROW) {
      throw failure;
    }
  }

  private static ClaimLostException lostException(KeyedCall call, Lost lost) {
    return new ClaimLostException(call.key(), lost.holder().owner().orElse("another library"));
  }

  private static Logger log() {
    return LoggerFactory.getLogger(Idempotent.class);
  }
}
