// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.idempotency.spi.IdempotencyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Stores by name, for functions with more than one: a part of the runtime, from which {@link
 * Idempotent#store()} chooses. The store without a name is the runtime's {@link IdempotencyStore}
 * part. Immutable and thread-safe.
 */
public final class IdempotencyStores {

  private final Map<String, IdempotencyStore> stores;

  private IdempotencyStores(Map<String, IdempotencyStore> stores) {
    this.stores = stores;
  }

  /** Stores by name. */
  public static IdempotencyStores of(Map<String, ? extends IdempotencyStore> stores) {
    return new IdempotencyStores(new LinkedHashMap<>(stores));
  }

  /** These, and one more. */
  public IdempotencyStores and(String name, IdempotencyStore store) {
    Map<String, IdempotencyStore> more = new LinkedHashMap<>(stores);
    more.put(name, Objects.requireNonNull(store));
    return new IdempotencyStores(more);
  }

  /**
   * The store of a name.
   *
   * @throws ConfigurationException if there is none
   */
  IdempotencyStore named(String name) {
    IdempotencyStore store = stores.get(name);
    if (store == null) {
      throw new ConfigurationException(
          "store = \""
              + name
              + "\" is none of the runtime's IdempotencyStores, which are "
              + new TreeSet<>(stores.keySet())
              + ". Correct the name, or add the store: FunctionRuntime.builder()"
              + ".part(IdempotencyStores.class, IdempotencyStores.of(Map.of(name, store)))");
    }
    return store;
  }

  @Override
  public String toString() {
    return "IdempotencyStores " + stores;
  }
}
