// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonWriter;
import dev.powertools.local.FunctionError;
import dev.powertools.local.InvocationResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of sending one event to a function: it returned, it failed, or the event never reached
 * it. Only a failure of the function uses up a retry.
 *
 * <p>Immutable, but for the array that {@link #payload()} hands out.
 */
public final class EventAnswer {

  private static final int REACHED = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_FAILURE = 500;

  private final int status;
  private final byte[] payload;
  private final @Nullable FunctionError error;

  private EventAnswer(int status, byte[] payload, @Nullable FunctionError error) {
    this.status = status;
    this.payload = payload;
    this.error = error;
  }

  /** The function returned these bytes. */
  public static EventAnswer returned(byte[] payload) {
    return new EventAnswer(REACHED, payload.clone(), null);
  }

  /** The function returned this text, JSON as a rule. */
  public static EventAnswer returned(String payload) {
    return returned(payload.getBytes(StandardCharsets.UTF_8));
  }

  /** The function threw, exited or ran out of time. */
  public static EventAnswer failed(FunctionError error) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("errorMessage").value(error.message());
    json.name("errorType").value(error.type());
    json.name("stackTrace").value(error.stackTrace());
    return new EventAnswer(REACHED, json.endObject().toByteArray(), error);
  }

  /** The function failed with an error of this type, such as {@link FunctionError#TIMED_OUT}. */
  public static EventAnswer failed(String type, String message) {
    return failed(new FunctionError(type, message, List.of()));
  }

  /** The function threw this. */
  public static EventAnswer failed(Throwable thrown) {
    return failed(thrown.getClass().getName(), String.valueOf(thrown.getMessage()));
  }

  /** The event did not reach the function, since that had no concurrency left (429). */
  public static EventAnswer throttled() {
    return new EventAnswer(TOO_MANY_REQUESTS, new byte[0], null);
  }

  /** The event did not reach the function, since the service failed (500). */
  public static EventAnswer unavailable() {
    return new EventAnswer(SERVICE_FAILURE, new byte[0], null);
  }

  static EventAnswer of(InvocationResult result) {
    FunctionError error = result.error().orElse(null);
    return new EventAnswer(REACHED, result.payload(), error);
  }

  /** Whether the function was invoked at all. */
  public boolean reached() {
    return status == REACHED;
  }

  /** The status of the Invoke call: 200 also if the function failed. */
  public int status() {
    return status;
  }

  /** How the function failed; empty if it returned or was not reached. */
  public Optional<FunctionError> error() {
    return Optional.ofNullable(error);
  }

  /** The response, or the error's JSON. */
  public byte[] payload() {
    return payload;
  }

  /** The error in one line; empty text if there is none. */
  String errorText() {
    return error == null ? "" : error.type() + ": " + error.message();
  }
}
