// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.idempotency.IdempotencyOptions.OnException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Sets up work whose records AWS Powertools for Java can read, or refuses to. */
final class PowertoolsFormat {

  private PowertoolsFormat() {}

  /** The options, with the store in that format if they ask for it. */
  static IdempotencyOptions applied(
      IdempotencyOptions options, FunctionRuntime runtime, Type result) {
    return options.keyFormat() == KeyFormat.OWN
        ? options
        : options.toBuilder()
            .store(new PowertoolsRecords(IdempotencySettings.store(options, runtime), result))
            .build();
  }

  /**
   * The keys in that format; {@code null} if the options ask for ours.
   *
   * @param method the name of the method there
   * @throws ConfigurationException if the format can't do what is asked for
   */
  static @Nullable PowertoolsKeys keys(
      IdempotencyOptions options,
      FunctionRuntime runtime,
      String method,
      @Nullable KeySource source) {
    if (options.keyFormat() == KeyFormat.OWN) {
      return null;
    }
    if (source == null) {
      throw new ConfigurationException(
          "keyFormat = AWS_POWERTOOLS knows no work ids: set key, or mark one by"
              + " @IdempotencyKey.");
    }
    if (options.onException() != OnException.RELEASE) {
      throw new ConfigurationException(
          "keyFormat = AWS_POWERTOOLS has no form for a failure that is kept, so onException = "
              + options.onException()
              + " would be read as a result there. Use onException = RELEASE, or the key format"
              + " OWN.");
    }
    boolean shared = options.sharedKeys() == SharedKeys.ACCEPT;
    requireNoScope(runtime, shared);
    String function = runtime.config().variable("AWS_LAMBDA_FUNCTION_NAME").orElse("testFunction");
    return new PowertoolsKeys(function, method, source, shared);
  }

  /**
   * Refuses keys that would mix what the runtime keeps apart. To be asked for each key: what is
   * required may become more with any class that is loaded later.
   *
   * @throws ConfigurationException if it requires anything and that is not accepted
   */
  static void requireNoScope(FunctionRuntime runtime, boolean shared) {
    if (!runtime.requiredKeys().isEmpty() && !shared) {
      throw new ConfigurationException(
          "keyFormat = AWS_POWERTOOLS has no place for "
              + runtime.requiredKeys()
              + ", which this runtime requires in every key: two tenants could get each other's"
              + " results. Use the key format OWN, or say sharedKeys = ACCEPT if no two of them"
              + " ever send the same key.");
    }
  }
}
