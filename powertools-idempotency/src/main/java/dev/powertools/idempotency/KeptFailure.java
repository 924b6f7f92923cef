// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Disposition;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.core.redact.Redactor;
import dev.powertools.idempotency.IdempotencyOptions.OnException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a failure that must not be tried again.
 *
 * @param mode by which choice it is stored
 * @param type the class of the exception
 * @param message its message, masked and cut
 */
record KeptFailure(OnException mode, String type, String message) {

  private static final int MAX_MESSAGE_CHARS = 1_000;

  /** What is to be stored of a failure; {@code null} if the claim is to be released. */
  static @Nullable KeptFailure of(Throwable failure, OnException mode, FunctionRuntime runtime) {
    return isKept(failure, mode, runtime)
        ? new KeptFailure(mode, failure.getClass().getName(), message(failure, runtime))
        : null;
  }

  private static boolean isKept(Throwable failure, OnException mode, FunctionRuntime runtime) {
    if (mode == OnException.RELEASE) {
      return false;
    }
    Disposition disposition = runtime.failures().judge(failure).disposition();
    return mode == OnException.KEEP
        ? disposition != Disposition.WAIT
        : disposition == Disposition.DEAD_LETTER;
  }

  /** A user's exception may throw when it is asked; the failure is kept all the same. */
  private static String message(Throwable failure, FunctionRuntime runtime) {
    try {
      String message = failure.getMessage();
      String masked = message == null ? "" : Redactor.of(runtime).text(message);
      return masked.substring(0, Math.min(masked.length(), MAX_MESSAGE_CHARS));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return "(its message can't be had: " + e.getClass().getName() + ")";
    }
  }

  /** As JSON. */
  byte[] json() {
    return new JsonWriter()
        .beginObject()
        .name("kind")
        .value(mode.name().toLowerCase(Locale.ROOT))
        .name("type")
        .value(type)
        .name("message")
        .value(message)
        .endObject()
        .toByteArray();
  }

  /**
   * Reads it again.
   *
   * @throws ResultUnreadableException if it is none
   */
  static KeptFailure read(byte[] json, ClaimKey key) {
    try {
      if (JsonTree.read(json, JsonTree.Duplicates.REFUSE) instanceof Map<?, ?> fields
          && fields.get("type") instanceof String type
          && fields.get("message") instanceof String message) {
        OnException mode =
            "replay".equals(fields.get("kind")) ? OnException.REPLAY : OnException.KEEP;
        return new KeptFailure(mode, type, message);
      }
      throw unreadable(key, null);
    } catch (InvalidJsonException e) {
      throw unreadable(key, e);
    }
  }

  private static ResultUnreadableException unreadable(ClaimKey key, @Nullable Throwable cause) {
    return new ResultUnreadableException(
        key + " has failed before, but what is stored of that failure can't be read.", cause);
  }

  /** What later calls get. */
  StoredFailureException exception(ClaimKey key) {
    return mode == OnException.REPLAY
        ? new ReplayedFailureException(key, this)
        : new KeptFailureException(key, this);
  }
}
