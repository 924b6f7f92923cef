// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The invocation record that a destination gets for a batch that was given up.
 *
 * <p>{@code functionError} is there if the function failed, {@code responseContext} if the batch
 * reached it at all; AWS documents the first case only.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Example
 *     invocation record</a>
 */
final class StreamFailureJson {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private StreamFailureJson() {}

  /** What is not the batch's own. */
  record Reason(String condition, String requestId, Instant at, String functionArn) {}

  /** A moment as AWS writes it, in milliseconds. */
  static String millis(Instant moment) {
    return MILLIS.format(moment);
  }

  static String write(
      StreamBatch batch, Reason reason, StreamDestination destination, StreamSource source) {
    byte[] event = source.event(batch.records());
    JsonWriter json = new JsonWriter().beginObject();
    json.name("requestContext").beginObject();
    json.name("requestId").value(reason.requestId());
    json.name("functionArn").value(reason.functionArn());
    json.name("condition").value(reason.condition());
    json.name("approximateInvokeCount").value(batch.invocations());
    json.endObject();
    response(json, batch.last());
    json.name("version").value("1.0");
    json.name("timestamp").value(millis(reason.at()));
    source.batchInfo(json, batch.records(), event.length);
    if (destination == StreamDestination.BUCKET) {
      json.name("payload").value(new String(event, StandardCharsets.UTF_8));
    }
    return new String(json.endObject().toByteArray(), StandardCharsets.UTF_8);
  }

  private static void response(JsonWriter json, @Nullable StreamInvocation last) {
    if (last == null) {
      return;
    }
    json.name("responseContext").beginObject();
    json.name("statusCode").value(200);
    json.name("executedVersion").value("$LATEST");
    if (last.functionError()) {
      json.name("functionError").value("Unhandled");
    }
    json.endObject();
  }
}
