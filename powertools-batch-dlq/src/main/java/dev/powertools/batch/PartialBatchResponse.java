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
    JsonWriter json = new JsonWriter().beginObject().name("batchItemFailures").beginArray();
    for (BatchRecord record : failed) {
      json.beginObject().name("itemIdentifier").value(record.id()).endObject();
    }
    return json.endArray().endObject().toByteArray();
  }
}
