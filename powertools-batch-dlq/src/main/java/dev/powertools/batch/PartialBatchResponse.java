// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the partial batch response. Its keys are exact to the letter: the platform reads a
 * response with another outer key as complete success, and deletes what failed.
 *
 * <p>Source: "Implementing partial batch responses", AWS Lambda developer guide.
 */
final class PartialBatchResponse {

  private static final String NOTHING_FAILED = "{\"batchItemFailures\":[]}";

  private PartialBatchResponse() {}

  static byte[] write(List<? extends BatchRecord> failed) {
    if (failed.isEmpty()) {
      return NOTHING_FAILED.getBytes(StandardCharsets.UTF_8);
    }
    JsonWriter json = new JsonWriter().beginObject();
    writeFailures(json, failed);
    return json.endObject().toByteArray();
  }

  /** With the state of a tumbling window, if there is one: the platform keeps what it is told. */
  static byte[] write(List<? extends BatchRecord> failed, StreamWindow window) {
    if (!window.isPresent()) {
      return write(failed);
    }
    JsonWriter json = new JsonWriter().beginObject();
    window.writeState(json.name("state"));
    writeFailures(json, failed);
    return json.endObject().toByteArray();
  }

  private static void writeFailures(JsonWriter json, List<? extends BatchRecord> failed) {
    json.name("batchItemFailures").beginArray();
    for (BatchRecord record : failed) {
      json.beginObject().name("itemIdentifier").value(record.id()).endObject();
    }
    json.endArray();
  }
}
