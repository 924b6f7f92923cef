// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Timing;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.Invocation;
import dev.powertools.idempotency.ClaimProtocol.Claimed;
import dev.powertools.idempotency.ClaimProtocol.Fresh;
import dev.powertools.idempotency.ClaimProtocol.InProgress;
import dev.powertools.idempotency.ClaimProtocol.Replayed;
import dev.powertools.idempotency.IdempotencyOptions.WhenInProgress;
import dev.powertools.idempotency.IdempotencySignal.Kind;
import dev.powertools.idempotency.spi.IdempotencyStore;
import java.lang.reflect.Type;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The link of the chain: gives the result that is remembered or stored, or claims the key and runs
 * the work, or waits for whoever does. Thread-safe.
 */
final class IdempotencyInterceptor implements Interceptor {

  private final KeyBuilder keys;
  private final Validation validation;
  private final IdempotencyStore store;
  private final IdempotencyOptions options;
  private final Timing timing;
  private final Claims claims;
  private final Leases leases;
  private final Waiting waiting;
  private final Replays replays;
  private final ClaimedWork work;
  private final Unprotected unprotected;

  /**
   * Makes the link.
   *
   * @throws dev.powertools.core.ConfigurationException if there is no store, or no codec
   */
  IdempotencyInterceptor(
      FunctionRuntime runtime,
      IdempotencyOptions options,
      KeyBuilder keys,
      Validation validation,
      Type resultType) {
    this.keys = keys;
    this.validation = validation;
    this.store = IdempotencySettings.store(options, runtime);
    this.options = options;
    this.timing = runtime.timing();
    this.claims = new Claims(store, timing, HeldHere.of(runtime));
    this.leases = new Leases(options);
    ResultCodec codec = ResultCodec.of(resultType, runtime);
    KeptResults results = new KeptResults(codec, runtime, store.maxDataBytes());
    this.replays = new Replays(codec, results, claims, options);
    this.work = new ClaimedWork(runtime, store, options, claims, results, replays);
    this.unprotected = new Unprotected(keys.operation(), options);
    this.waiting =
        new Waiting(
            HeldHere.of(runtime),
            timing,
            bound -> ThreadLocalRandom.current().nextLong(bound),
            options.leaseWithoutDeadline());
  }

  @Override
  public @Nullable Object intercept(Invocation invocation) throws Throwable {
    ClaimKey key;
    try {
      key = keys.of(invocation);
    } catch (IdempotencyKeyException e) {
      return unprotected.withoutKey(invocation, e);
    }
    if (OwnClaims.include(store, key)) {
      throw new NestedClaimException(key);
    }
    KeyedCall call = new KeyedCall(invocation, key, validation.hash(invocation));
    LocalCache.Entry cached = replays.cached(key, timing);
    if (cached != null) {
      return replays.of(cached, call);
    }
    OwnClaims.accompany(invocation.function());
    Claimed claimed;
    try {
      claimed = claim(call);
    } catch (IdempotencyStoreException e) {
      return unprotected.withoutClaim(call, e);
    }
    if (claimed instanceof InProgress other) {
      claimed = giveWay(call, other);
    }
    if (claimed instanceof Replayed replayed) {
      return replays.of(replayed.completed(), call);
    }
    Fresh fresh = (Fresh) claimed;
    call.emit(fresh.tookOver().isPresent() ? Kind.TAKEN_OVER : Kind.MISS);
    return work.run(call, fresh.claim());
  }

  private Claimed claim(KeyedCall call) {
    try {
      return claims.claim(call, leases.terms(call));
    } catch (IdempotencyStoreException e) {
      call.emit(Kind.STORE_FAILED);
      throw e;
    }
  }

  /** Somebody else does the work: from here on, nothing may run without a claim. */
  private Claimed giveWay(KeyedCall call, InProgress other) {
    call.emit(Kind.IN_PROGRESS);
    if (options.whenInProgress() == WhenInProgress.FAIL) {
      throw new InProgressException(call.key(), other.holder(), timing.now());
    }
    return waiting.await(call, other, () -> claim(call));
  }
}
