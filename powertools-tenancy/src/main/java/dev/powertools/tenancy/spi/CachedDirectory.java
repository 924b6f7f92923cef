// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.spi;

import dev.powertools.core.Timing;
import dev.powertools.tenancy.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what another directory said. Thread-safe; nothing is locked while that one is asked.
 */
final class CachedDirectory implements TenantDirectory {

  private static final int FRESH_MILLIS = 60_000;
  private static final int STALE_MILLIS = 300_000;
  private static final int MAX_ENTRIES = 10_000;

  private final TenantDirectory directory;
  private final Timing timing;
  private final Map<TenantId, Answer> answers = new LinkedHashMap<>();

  CachedDirectory(TenantDirectory directory, Timing timing) {
    this.directory = directory;
    this.timing = timing;
  }

  private record Answer(TenantStatus status, long at) {

    /** Not after a clock that was set back either. */
    boolean isYounger(int millis, long now) {
      return now >= at && now - at < millis;
    }
  }

  @Override
  public TenantStatus status(TenantId tenant) {
    Answer known = known(tenant);
    long now = timing.now().toEpochMilli();
    if (known != null && known.isYounger(FRESH_MILLIS, now)) {
      return known.status;
    }
    try {
      TenantStatus status = Objects.requireNonNull(directory.status(tenant));
      remember(tenant, new Answer(status, now));
      return status;
    } catch (RuntimeException e) {
      if (known != null && known.isYounger(STALE_MILLIS, now)) {
        return known.status;
      }
      throw e;
    }
  }

  private synchronized @Nullable Answer known(TenantId tenant) {
    return answers.get(tenant);
  }

  /** The one that was learned first makes room. */
  private synchronized void remember(TenantId tenant, Answer answer) {
    answers.remove(tenant);
    answers.put(tenant, answer);
    if (answers.size() > MAX_ENTRIES) {
      answers.remove(answers.keySet().iterator().next());
    }
  }
}
