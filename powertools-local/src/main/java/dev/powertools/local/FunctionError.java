// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as Lambda reports it: the JSON fields {@code errorType}, {@code errorMessage} and {@code
 * stackTrace}.
 *
 * @param type the exception's class, or Lambda's own type such as {@code Sandbox.Timedout}
 * @param message the message, empty if there is none
 * @param stackTrace one line per frame, without the runtime's own; empty for Lambda's own errors
 */
public record FunctionError(String type, String message, List<String> stackTrace) {

  /** The type of an invocation that ran past its deadline. */
  public static final String TIMED_OUT = "Sandbox.Timedout";

  /** The type of an invocation whose process ended before it answered. */
  public static final String EXITED = "Runtime.ExitError";

  /** The type of an invocation whose response was too large. */
  public static final String RESPONSE_TOO_LARGE = "Function.ResponseSizeTooLarge";

  /** Copies the stack trace. */
  public FunctionError {
    stackTrace = List.copyOf(stackTrace);
  }

  /** Reads an error's JSON; bytes that aren't such JSON become the message. */
  static FunctionError parse(byte[] json) {
    try {
      if (JsonTree.read(json, JsonTree.Duplicates.MARK) instanceof Map<?, ?> error) {
        List<String> frames =
            error.get("stackTrace") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return new FunctionError(
            text(error.get("errorType")), text(error.get("errorMessage")), frames);
      }
    } catch (InvalidJsonException e) {
      return unreadable(json);
    }
    return unreadable(json);
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static FunctionError unreadable(byte[] json) {
    return new FunctionError("", new String(json, StandardCharsets.UTF_8), List.of());
  }
}
