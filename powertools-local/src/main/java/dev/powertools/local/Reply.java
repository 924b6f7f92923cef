// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.json.JsonWriter;
import java.time.Duration;
import java.util.Locale;

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

  private final Kind kind;
  private final byte[] payload;

  private Reply(Kind kind, byte[] payload) {
    this.kind = kind;
    this.payload = payload;
  }

  static Reply success(byte[] payload) {
    return new Reply(Kind.SUCCESS, payload);
  }

  /** An error that the runtime client reported, with the type from its header. */
  static Reply error(String headerType, byte[] json) {
    return new Reply(
        headerType.equals(BAD_CODE) ? Kind.BAD_FUNCTION_CODE : Kind.FUNCTION_ERROR, json);
  }

  static Reply timedOut(String requestId, Duration timeout) {
    double seconds = timeout.toMillis() / 1000.0;
    return platform(
        FunctionError.TIMED_OUT,
        requestId,
        String.format(Locale.ROOT, "Task timed out after %.2f seconds", seconds));
  }

  static Reply exited(String requestId, String how) {
    return platform(FunctionError.EXITED, requestId, how);
  }

  static Reply tooLarge(int limit) {
    return platform(
        FunctionError.RESPONSE_TOO_LARGE,
        "Response payload size exceeded maximum allowed payload size (" + limit + " bytes).");
  }

  private static Reply platform(String type, String requestId, String message) {
    return platform(type, "RequestId: " + requestId + " Error: " + message);
  }

  private static Reply platform(String type, String message) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("errorType").value(type);
    json.name("errorMessage").value(message);
    return new Reply(Kind.FUNCTION_ERROR, json.endObject().toByteArray());
  }

  Kind kind() {
    return kind;
  }

  boolean failed() {
    return kind != Kind.SUCCESS;
  }

  byte[] payload() {
    return payload;
  }
}
