// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.json.JsonWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a runtime, or the platform in its place, answered to an invocation. */
final class Reply {

  /** What a Runtime API client says of an error. */
  enum Kind {
    SUCCESS,
    /** The handler failed. */
    FUNCTION_ERROR,
    /** The handler could not be loaded: the client only finds out at the first invocation. */
    BAD_FUNCTION_CODE
  }

  private static final String BAD_CODE = "Runtime.BadFunctionCode";
  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Kind kind;
  private final byte[] payload;
  private final @Nullable String lastWords;

  private Reply(Kind kind, byte[] payload, @Nullable String lastWords) {
    this.kind = kind;
    this.payload = payload;
    this.lastWords = lastWords;
  }

  static Reply success(byte[] payload) {
    return new Reply(Kind.SUCCESS, payload, null);
  }

  /** An error that the runtime client reported, with the type from its header. */
  static Reply error(String headerType, byte[] json) {
    return new Reply(
        headerType.equals(BAD_CODE) ? Kind.BAD_FUNCTION_CODE : Kind.FUNCTION_ERROR, json, null);
  }

  static Reply timedOut(Invocation invocation, Duration timeout) {
    double seconds = timeout.toMillis() / 1000.0;
    String how = String.format(Locale.ROOT, "Task timed out after %.2f seconds", seconds);
    String id = invocation.requestId();
    String time = LOG_TIME.format(invocation.deadline());
    return platform(FunctionError.TIMED_OUT, ofRequest(id, how), time + " " + id + " " + how);
  }

  static Reply exited(String requestId, String how) {
    String message = ofRequest(requestId, how);
    return platform(FunctionError.EXITED, message, message);
  }

  static Reply tooLarge(int limit) {
    return platform(
        FunctionError.RESPONSE_TOO_LARGE,
        "Response payload size exceeded maximum allowed payload size (" + limit + " bytes).",
        null);
  }

  private static String ofRequest(String requestId, String message) {
    return "RequestId: " + requestId + " Error: " + message;
  }

  private static Reply platform(String type, String message, @Nullable String lastWords) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("errorType").value(type);
    json.name("errorMessage").value(message);
    return new Reply(Kind.FUNCTION_ERROR, json.endObject().toByteArray(), lastWords);
  }

  Kind kind() {
    return kind;
  }

  boolean failed() {
    return kind != Kind.SUCCESS;
  }

  /** The line that Lambda logs of an environment that died over the invocation. */
  Optional<String> lastWords() {
    return Optional.ofNullable(lastWords);
  }

  byte[] payload() {
    return payload;
  }
}
