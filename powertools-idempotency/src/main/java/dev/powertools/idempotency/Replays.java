// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.FinalOutcome;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.InvocationClosedException;
import dev.powertools.core.Timing;
import dev.powertools.idempotency.IdempotencySignal.Kind;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Gives what is stored instead of doing the work: a result, from the store or from memory, or the
 * exception that says why there is none. Thread-safe.
 */
final class Replays {

  private final ResultCodec codec;
  private final KeptResults results;
  private final Claims claims;
  private final @Nullable ResultFallback fallback;
  private final @Nullable LocalCache cache;

  Replays(ResultCodec codec, KeptResults results, Claims claims, IdempotencyOptions options) {
    this.codec = codec;
    this.results = results;
    this.claims = claims;
    this.fallback = options.fallback().orElse(null);
    this.cache = options.localCache() == 0 ? null : new LocalCache(options.localCache());
  }

  /** What memory holds for a key. */
  LocalCache.@Nullable Entry cached(ClaimKey key, Timing timing) {
    return cache == null ? null : cache.find(key, timing.now());
  }

  /** The result that memory holds. */
  @Nullable Object of(LocalCache.Entry entry, KeyedCall call) {
    Validation.require(entry.completed(), call);
    call.emit(Kind.CACHE_HIT);
    if (entry.shared() != null) {
      return entry.shared();
    }
    byte[] json = entry.completed().data().orElse(null);
    Object result = codec.read(json, call.key());
    if (codec.isImmutable() && result != null) {
      remember(entry.completed(), json, result);
    }
    return result;
  }

  /**
   * The result that the store holds.
   *
   * @throws StoredFailureException if it holds a failure
   * @throws PayloadMismatchException if it is of another payload
   * @throws Exception what the fallback throws
   */
  @Nullable Object of(StoredRecord completed, KeyedCall call) throws Exception {
    Validation.require(completed, call);
    call.emit(Kind.HIT);
    if (completed.content() == Content.FAILURE) {
      forgetWhenDeadLettered(completed, call);
      byte[] failure = completed.data().orElseGet(() -> new byte[0]);
      throw KeptFailure.read(failure, call.key()).exception(call.key());
    }
    try {
      byte[] json = results.json(completed, call.key());
      Object result = codec.read(json, call.key());
      remember(completed, json, result);
      return result;
    } catch (ResultNotKeptException e) {
      if (fallback == null) {
        throw e;
      }
      return fallback.result(e, call.invocation().arguments());
    }
  }

  /** Remembers a result that was just stored. */
  void remember(StoredRecord completed) {
    if (completed.content() == Content.RESULT) {
      remember(completed, completed.data().orElse(null), null);
    }
  }

  private void remember(StoredRecord completed, byte @Nullable [] json, @Nullable Object result) {
    if (cache != null) {
      StoredRecord plain = completed.toBuilder().content(Content.RESULT).data(json).build();
      cache.add(new LocalCache.Entry(plain, codec.isImmutable() ? result : null));
    }
  }

  /**
   * A failure that is in the dead letters is in people's hands: when they send it back, the work is
   * to run. The removal can be undone by a late repetition of the write that stored the failure;
   * the redrive then meets it again, and nothing worse.
   */
  void forgetWhenDeadLettered(StoredRecord failed, KeyedCall call) {
    FunctionInvocation function = call.function();
    if (function.parent().isEmpty()) {
      return;
    }
    ClaimKey key = call.key();
    try {
      function.onEnd(
          end -> {
            if (end.kind() == FinalOutcome.Kind.DEAD_LETTERED) {
              forget(failed, key);
            }
          });
    } catch (InvocationClosedException e) {
      // the record was given up meanwhile, so it is delivered again, and meets the failure then
    }
  }

  private void forget(StoredRecord failed, ClaimKey key) {
    try {
      claims.forget(key, failed);
    } catch (IdempotencyStoreException e) {
      LoggerFactory.getLogger(Idempotent.class)
          .error(
              "The failure of {} is in the dead letters, but stays stored too: a redrive before {}"
                  + " ends there again",
              key,
              failed.expiry(),
              e);
    }
  }
}
