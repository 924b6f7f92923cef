// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.notes;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.Tenants;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The notes of all tenants, of which callers reach those of the tenant in force. In memory, it
 * stands for a table that both functions share. Thread-safe.
 */
public final class Notes {

  /** A note, and how many words it has once they are counted. */
  public record Note(String text, Optional<Integer> words) {}

  // region key
  /** No caller makes one, so none can ask for another tenant's. */
  private record Key(TenantId tenant, String id) {
    static Key of(String id) {
      return new Key(Tenants.current().id(), id); // throws where no tenant is in force
    }
  }

  // endregion

  private final Map<Key, Note> notes = new ConcurrentHashMap<>();

  /** Those of the runtime in force. */
  static Notes current() {
    return FunctionRuntime.current().part(Notes.class, runtime -> new Notes());
  }

  /** Keeps a note of the tenant in force. */
  public void put(String id, Note note) {
    notes.put(Key.of(id), note);
  }

  /** Changes a note of the tenant in force, if there is one. */
  public void change(String id, UnaryOperator<Note> how) {
    notes.computeIfPresent(Key.of(id), (key, note) -> how.apply(note));
  }

  /** A note of the tenant in force. */
  public Optional<Note> find(String id) {
    return Optional.ofNullable(notes.get(Key.of(id)));
  }
}
