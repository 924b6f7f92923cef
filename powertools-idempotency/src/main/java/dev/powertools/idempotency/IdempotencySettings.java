// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.config.ConfigKey;
import dev.powertools.core.internal.WarnedOf;
import dev.powertools.idempotency.spi.IdempotencyStore;
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

  /** The store of the options, else of the runtime, ready to be used. */
  static IdempotencyStore store(IdempotencyOptions options, FunctionRuntime runtime) {
    IdempotencyStore store =
        options
            .store()
            .or(() -> runtime.part(IdempotencyStore.class))
            .orElseThrow(() -> noStore(runtime.config()));
    store.start(runtime);
    return store;
  }

  private static ConfigurationException noStore(Config config) {
    String found =
        config
            .find(TABLE)
            .map(
                table ->
                    TABLE.name()
                        + " names the DynamoDB table "
                        + table
                        + ", but this version has no DynamoDB store. ")
            .orElse("");
    return new ConfigurationException(
        "no idempotency store is configured. "
            + found
            + "Give the function's runtime one: a class that implements RuntimeProvider returns"
            + " FunctionRuntime.builder().part(IdempotencyStore.class, store).build(), and"
            + " @PowertoolsConfig on the handler names that class.");
  }
}
