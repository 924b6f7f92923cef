// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.core.FunctionRuntime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Keys that are loaded when needed and again when they are old. One thread loads; others wait for
 * it only if there are no keys yet, which is rare and short. Thread-safe.
 */
final class LoadedKeys implements EnvelopeKeys {

  private static final Duration LEAST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STALE = Duration.ofHours(1);

  private final Supplier<String> source;
  private final long refreshNanos;
  private volatile @Nullable Loaded loaded;
  private long triedAt;
  private boolean tried;

  LoadedKeys(Supplier<String> source, Duration refresh) {
    if (refresh.isNegative() || refresh.isZero()) {
      throw new IllegalArgumentException("refresh must be positive: " + refresh);
    }
    this.source = source;
    this.refreshNanos = refresh.toNanos();
  }

  private record Loaded(KeyRing keys, long at) {}

  @Override
  public EnvelopeKey current() {
    return keys(refreshNanos).current();
  }

  @Override
  public Optional<EnvelopeKey> find(String id) {
    Optional<EnvelopeKey> known = keys(refreshNanos).find(id);
    return known.isPresent() ? known : keys(0).find(id);
  }

  private KeyRing keys(long most) {
    long now = FunctionRuntime.current().timing().nanoTime();
    Loaded present = loaded;
    return present != null && now - present.at <= most ? present.keys : load(now, most);
  }

  private synchronized KeyRing load(long now, long most) {
    Loaded present = loaded;
    boolean fresh = present != null && now - present.at <= most;
    boolean mayTry = !tried || now - triedAt >= LEAST_PAUSE.toNanos();
    if (present != null && (fresh || (!mayTry && isUsable(present, now)))) {
      return present.keys;
    }
    tried = true;
    triedAt = now;
    try {
      KeyRing keys = KeyRing.parse(source.get());
      loaded = new Loaded(keys, now);
      return keys;
    } catch (RuntimeException e) {
      return staleOr(present, now, e);
    }
  }

  private static KeyRing staleOr(@Nullable Loaded present, long now, RuntimeException failure) {
    if (present == null || !isUsable(present, now)) {
      throw failure;
    }
    LoggerFactory.getLogger(EnvelopeKeys.class)
        .warn(
            "Envelope keys could not be loaded anew, by {}; those at hand are used",
            failure.getClass().getName());
    return present.keys;
  }

  private static boolean isUsable(Loaded present, long now) {
    return now - present.at <= STALE.toNanos();
  }

  @Override
  public String toString() {
    Loaded present = loaded;
    return present == null ? "envelope keys, not loaded yet" : present.keys.toString();
  }
}
