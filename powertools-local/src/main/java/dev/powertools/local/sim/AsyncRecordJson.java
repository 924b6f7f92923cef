// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The invocation record of asynchronous invocations. What AWS documents for a function that
 * answered; an event that never reached it has no {@code responseContext} and no {@code
 * responsePayload}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Example
 *     invocation record</a>
 */
final class AsyncRecordJson {

  private AsyncRecordJson() {}

  static String write(
      AsyncEvent event,
      String condition,
      int invocations,
      Instant now,
      String functionArn,
      @Nullable EventAnswer last) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("version").value("1.0");
    json.name("timestamp").value(StreamFailureJson.millis(now));
    json.name("requestContext").beginObject();
    json.name("requestId").value(event.requestId());
    json.name("functionArn").value(functionArn + ":$LATEST");
    json.name("condition").value(condition);
    json.name("approximateInvokeCount").value(invocations);
    json.endObject();
    payload(json.name("requestPayload"), event.payload());
    if (last != null) {
      response(json, last);
    }
    return new String(json.endObject().toByteArray(), StandardCharsets.UTF_8);
  }

  private static void response(JsonWriter json, EventAnswer last) {
    json.name("responseContext").beginObject();
    json.name("statusCode").value(last.status());
    json.name("executedVersion").value("$LATEST");
    if (last.error().isPresent()) {
      json.name("functionError").value("Unhandled");
    }
    json.endObject();
    payload(json.name("responsePayload"), last.payload());
  }

  /** JSON as it is, anything else as text. */
  private static void payload(JsonWriter json, byte[] payload) {
    try {
      if (payload.length > 0) {
        JsonTree.read(payload, JsonTree.Duplicates.MARK);
      }
      json.rawJson(payload);
    } catch (InvalidJsonException e) {
      json.value(new String(payload, StandardCharsets.UTF_8));
    }
  }
}
