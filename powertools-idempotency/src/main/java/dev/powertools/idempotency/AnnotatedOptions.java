// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.TextForm;
import dev.powertools.core.config.DurationText;
import dev.powertools.idempotency.spi.IdempotencyStore;

/** The options of one annotated method: what the runtime says, and above it the annotation. */
final class AnnotatedOptions {

  private static final String UNTIL_EXPIRY = "until-expiry";

  private AnnotatedOptions() {}

  /**
   * The options.
   *
   * @throws ConfigurationException if a value is none, naming its attribute
   */
  static IdempotencyOptions of(Idempotent annotation, FunctionRuntime runtime) {
    IdempotencyOptions.Builder options =
        runtime.part(IdempotencyOptions.class, r -> IdempotencyOptions.defaults()).toBuilder()
            .name(annotation.name())
            .expiry(DurationText.parse(annotation.expiry()))
            .whenInProgress(annotation.whenInProgress())
            .onException(annotation.onException())
            .validate(annotation.validate())
            .whenStoreFails(annotation.whenStoreFails())
            .whenKeyMissing(annotation.whenKeyMissing())
            .keyFormat(annotation.keyFormat())
            .sharedKeys(annotation.sharedKeys());
    IdempotencyStore store = IdempotencySettings.named(annotation.store(), runtime);
    if (store != null) {
      options.store(store);
    }
    if (annotation.fallback() != ResultFallback.None.class) {
      options.fallback(make(annotation.fallback()));
    }
    lease(annotation.lease(), options);
    return options.build();
  }

  private static void lease(String text, IdempotencyOptions.Builder options) {
    if (text.equals(UNTIL_EXPIRY)) {
      options.leaseUntilExpiry();
    } else if (!text.isEmpty()) {
      TextForm.DURATION
          .problemWith(text)
          .ifPresent(
              problem -> {
                throw new ConfigurationException(
                    "lease: " + problem + "; or \"" + UNTIL_EXPIRY + "\"");
              });
      options.lease(DurationText.parse(text));
    }
  }

  private static ResultFallback make(Class<? extends ResultFallback> type) {
    try {
      return type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ConfigurationException(
          "fallback: "
              + type.getName()
              + " can't be made: "
              + cause
              + ". It needs to be a public static or top-level class with a public constructor"
              + " without parameters.",
          cause);
    }
  }
}
