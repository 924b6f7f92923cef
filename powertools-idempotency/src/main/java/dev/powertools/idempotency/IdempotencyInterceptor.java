// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Failures;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.Timing;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.Invocation;
import dev.powertools.idempotency.ClaimProtocol.Claimed;
import dev.powertools.idempotency.ClaimProtocol.Ended;
import dev.powertools.idempotency.ClaimProtocol.Fresh;
import dev.powertools.idempotency.ClaimProtocol.Gone;
import dev.powertools.idempotency.ClaimProtocol.InProgress;
import dev.powertools.idempotency.ClaimProtocol.Lost;
import dev.powertools.idempotency.ClaimProtocol.Replayed;
import dev.powertools.idempotency.ClaimProtocol.Terms;
import dev.powertools.idempotency.IdempotencyOptions.WhenLost;
import dev.powertools.idempotency.IdempotencySignal.Kind;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.StoredRecord;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link of the chain: claims the key, then runs the work and completes or releases the claim, or
 * gives the stored result. Thread-safe.
 */
final class IdempotencyInterceptor implements Interceptor {

  private final KeyBuilder keys;
  private final Claims claims;
  private final ResultCodec results;
  private final IdempotencyOptions options;
  private final Timing timing;

  /**
   * Makes the link.
   *
   * @throws dev.powertools.core.ConfigurationException if there is no store, or no codec
   */
  IdempotencyInterceptor(
      FunctionRuntime runtime, IdempotencyOptions options, KeyBuilder keys, Type resultType) {
    IdempotencyStore store = IdempotencySettings.store(options, runtime);
    this.keys = keys;
    this.options = options;
    this.timing = runtime.timing();
    this.claims = new Claims(store, timing);
    this.results = ResultCodec.of(resultType, runtime, store.maxDataBytes());
  }

  @Override
  public @Nullable Object intercept(Invocation invocation) throws Throwable {
    FunctionInvocation function = invocation.function();
    ClaimKey key = keys.of(invocation);
    if (OwnClaims.include(key)) {
      throw new NestedClaimException(key);
    }
    OwnClaims.accompany(function);
    Claimed claimed = claim(key, function);
    if (claimed instanceof Replayed replayed) {
      emit(Kind.HIT, key, function);
      return results.replay(replayed.completed(), key);
    }
    if (claimed instanceof InProgress progress) {
      emit(Kind.IN_PROGRESS, key, function);
      throw new InProgressException(key, progress.holder(), timing.now());
    }
    Fresh fresh = (Fresh) claimed;
    emit(fresh.tookOver().isPresent() ? Kind.TAKEN_OVER : Kind.MISS, key, function);
    return work(invocation, key, fresh.claim());
  }

  private Claimed claim(ClaimKey key, FunctionInvocation function) {
    try {
      return claims.claim(key, terms(function), function);
    } catch (IdempotencyStoreException e) {
      emit(Kind.STORE_FAILED, key, function);
      throw e;
    }
  }

  private Terms terms(FunctionInvocation function) {
    return function
        .remaining()
        .map(left -> Terms.until(left, options.expiry()))
        .orElseGet(() -> new Terms(options.leaseWithoutDeadline(), options.expiry()));
  }

  private @Nullable Object work(Invocation invocation, ClaimKey key, StoredRecord claim)
      throws Throwable {
    FunctionInvocation function = invocation.function();
    Object result;
    try (OwnClaims.Held held = OwnClaims.hold(key)) {
      result = invocation.proceed();
    } catch (Throwable t) {
      if (!(Failures.unwrap(t) instanceof VirtualMachineError)) {
        release(key, claim, function, t);
      }
      throw t;
    }
    if (result instanceof Outcome outcome && !outcome.completes()) {
      release(key, claim, function, null);
      return result;
    }
    return complete(key, claim, function, result);
  }

  private void release(
      ClaimKey key, StoredRecord claim, FunctionInvocation function, @Nullable Throwable failure) {
    try {
      Ended ended = claims.release(key, claim);
      if (ended instanceof Lost lost) {
        emit(Kind.LOST, key, function);
        log().warn("Not released", new ClaimLostException(key, ownerOf(lost)));
      }
    } catch (IdempotencyStoreException e) {
      emit(Kind.STORE_FAILED, key, function);
      if (failure == null) {
        log().error("{} stays claimed until its lease is over: it was not released", key, e);
      } else {
        failure.addSuppressed(e);
      }
    }
  }

  private @Nullable Object complete(
      ClaimKey key, StoredRecord claim, FunctionInvocation function, @Nullable Object result) {
    StoredRecord.Builder record = ClaimProtocol.completion(claim, options.expiry(), timing.now());
    try {
      Ended ended = claims.complete(key, results.complete(record, result, key), function);
      if (ended instanceof Lost lost) {
        lost(key, lost, function);
      } else if (ended instanceof Gone) {
        log().error("{} is done, but its claim was removed meanwhile: {}", key, UNPROTECTED);
      }
    } catch (IdempotencyStoreException e) {
      emit(Kind.STORE_FAILED, key, function);
      log().error("{} is done, but its result was not stored: {}", key, UNPROTECTED, e);
    }
    return result;
  }

  private static final String UNPROTECTED =
      "the caller gets the result, and another call may do the work again when the lease is over";

  private void lost(ClaimKey key, Lost lost, FunctionInvocation function) {
    emit(Kind.LOST, key, function);
    ClaimLostException failure = new ClaimLostException(key, ownerOf(lost));
    log().error("The result of {} is not stored", key, failure);
    if (options.whenLost() == WhenLost.THROW) {
      throw failure;
    }
  }

  private static String ownerOf(Lost lost) {
    return lost.holder().owner().orElse("another library");
  }

  private static void emit(Kind kind, ClaimKey key, FunctionInvocation function) {
    function.emit(new IdempotencySignal(kind, key.operation(), key.hash()));
  }

  private static Logger log() {
    return LoggerFactory.getLogger(Idempotent.class);
  }
}
