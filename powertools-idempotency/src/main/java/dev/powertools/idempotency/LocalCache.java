// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.idempotency.spi.StoredRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results of one piece of work in the memory of this environment, the least recently used
 * making room. Holds completed results only, as bytes: a shared object that somebody changes would
 * change what others get. Only a result that nobody can change is held decoded, beside its record.
 * Thread-safe.
 */
final class LocalCache {

  private final Map<String, Entry> entries;

  LocalCache(int size) {
    this.entries = new Recent(size);
  }

  /**
   * A result.
   *
   * @param completed the record, with the result as plain JSON
   * @param shared the result itself, if it may be shared; {@code null} otherwise
   */
  record Entry(StoredRecord completed, @Nullable Object shared) {}

  /** The result of a key, if it still counts. */
  @Nullable Entry find(ClaimKey key, Instant now) {
    synchronized (entries) {
      Entry entry = entries.get(key.id());
      if (entry != null && entry.completed().isExpiredAt(now)) {
        entries.remove(key.id());
        return null;
      }
      return entry;
    }
  }

  /** Adds a result, or replaces an older one of its key. */
  void add(Entry entry) {
    synchronized (entries) {
      entries.put(entry.completed().id(), entry);
    }
  }

  private static final class Recent extends LinkedHashMap<String, Entry> {

    private static final long serialVersionUID = 1L;
    private final int size;

    Recent(int size) {
      super(16, 0.75f, true);
      this.size = size;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
      return size() > size;
    }
  }
}
