// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JavaType;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonMappingException;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.exc.MismatchedInputException;
import org.jspecify.annotations.Nullable;

/**
 * Says which part of an event the runtime client can't read, into which type, and what to do. The
 * client itself tells of the failure only and keeps the reason for its log, into which nobody looks
 * in a unit test.
 */
final class UnreadableEvent {
  private static final String UNREADABLE = "An error occurred during JSON parsing";

  private UnreadableEvent() {}

  /** The same failure with its reason, or the exception as it is if it is another. */
  static RuntimeException explained(RuntimeException failure) {
    Throwable cause = failure.getCause();
    if (cause == null || !UNREADABLE.equals(failure.getMessage())) {
      return failure;
    }
    RuntimeException told = new RuntimeException(UNREADABLE + ": " + reason(cause), cause);
    told.setStackTrace(failure.getStackTrace());
    return told;
  }

  private static String reason(Throwable cause) {
    Throwable root = cause;
    JsonMappingException mapping = null;
    for (Throwable each = cause; each != null; each = each.getCause()) {
      root = each;
      mapping = each instanceof JsonMappingException found ? found : mapping;
    }
    String first = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return mapping == null ? first : first + place(mapping);
  }

  private static String place(JsonMappingException mapping) {
    StringBuilder place = new StringBuilder();
    for (JsonMappingException.Reference each : mapping.getPath()) {
      String member = each.getFieldName();
      place.append('/');
      place.append(member == null ? each.getIndex() : member.replace("~", "~0").replace("/", "~1"));
    }
    String at = place.isEmpty() ? "the whole event" : place.toString();
    Class<?> type = type(mapping);
    return type == null
        ? "; it is at " + at
        : "; it is at " + at + ", to be read as " + type.getName() + fix(type);
  }

  private static @Nullable Class<?> type(JsonMappingException mapping) {
    if (mapping instanceof InvalidDefinitionException definition) {
      JavaType type = definition.getType();
      return type == null ? null : type.getRawClass();
    }
    return mapping instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
  }

  private static String fix(Class<?> type) {
    return type.isRecord()
        ? ": the runtime client (2.9.0) makes no records, take a bean with a public constructor"
            + " without parameters and setters, or extend FunctionHandler, which makes them"
        : ": mend the event there, or the type";
  }
}
