// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.ConfigKey;
import dev.powertools.core.internal.WarnedOf;
import dev.powertools.idempotency.dynamodb.DynamoDbStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What the environment and the runtime say about idempotency. */
final class IdempotencySettings {

  private static final ConfigKey<Boolean> DISABLED =
      ConfigKey.flag(
          "POWERTOOLS_IDEMPOTENCY_DISABLED",
          "Lets all work run unprotected, for tests and repair.");
  private static final ConfigKey<String> TABLE =
      ConfigKey.text("POWERTOOLS_IDEMPOTENCY_TABLE", "The DynamoDB table for claims and results.");

  private IdempotencySettings() {}

  /** Whether idempotency is switched off; said once for each runtime. */
  static boolean isDisabled(FunctionRuntime runtime) {
    boolean disabled = runtime.config().get(DISABLED);
    if (disabled && runtime.part(WarnedOf.class, r -> new WarnedOf()).first(DISABLED)) {
      LoggerFactory.getLogger(Idempotent.class)
          .warn("{}=true: idempotency is off, work may be done twice", DISABLED.name());
    }
    return disabled;
  }

  /**
   * The store of a name; {@code null} for the runtime's, which has none.
   *
   * @throws ConfigurationException if there is no store of that name
   */
  static @Nullable IdempotencyStore named(String name, FunctionRuntime runtime) {
    return name.isEmpty()
        ? null
        : runtime.part(IdempotencyStores.class, r -> IdempotencyStores.of(Map.of())).named(name);
  }

  /**
   * The store of the options, else of the runtime, else of the table that the environment names;
   * ready to be used.
   */
  static IdempotencyStore store(IdempotencyOptions options, FunctionRuntime runtime) {
    IdempotencyStore store =
        options
            .store()
            .orElseGet(
                () -> runtime.part(IdempotencyStore.class, IdempotencySettings::storeOfTable));
    store.start(runtime);
    return store;
  }

  private static IdempotencyStore storeOfTable(FunctionRuntime runtime) {
    return runtime
        .config()
        .find(TABLE)
        .map(DynamoDbStore::of)
        .orElseThrow(IdempotencySettings::noStore);
  }

  private static ConfigurationException noStore() {
    return new ConfigurationException(
        "no idempotency store is configured. Set "
            + TABLE.name()
            + " to the name of a DynamoDB table; or give the function's runtime a store: a class"
            + " that implements RuntimeProvider returns"
            + " FunctionRuntime.builder().part(IdempotencyStore.class, store).build(), and"
            + " @PowertoolsConfig on the handler names that class.");
  }
}
