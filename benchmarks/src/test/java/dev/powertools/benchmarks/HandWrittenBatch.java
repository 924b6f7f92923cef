// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The loop as one writes it by hand, over objects and over bytes. */
final class HandWrittenBatch {

  private final JsonFactory json = new JsonFactory();
  private long sum;

  SQSBatchResponse handle(SQSEvent event) {
    List<BatchItemFailure> failures = new ArrayList<>(0);
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      try {
        sum += RawBatchHandler.work(message.getBody());
      } catch (RuntimeException e) {
        failures.add(new BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  void handle(InputStream in, OutputStream out) throws IOException {
    List<String> failures = new ArrayList<>(0);
    try (JsonParser parser = json.createParser(in)) {
      String id = "";
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          if (name.equals("messageId")) {
            id = parser.nextTextValue();
          } else if (name.equals("body")) {
            work(id, parser.nextTextValue(), failures);
          }
        }
      }
    }
    write(failures, out);
  }

  private void work(String id, String body, List<String> failures) {
    try {
      sum += RawBatchHandler.work(body);
    } catch (RuntimeException e) {
      failures.add(id);
    }
  }

  private void write(List<String> failures, OutputStream out) throws IOException {
    try (JsonGenerator generator = json.createGenerator(out)) {
      generator.writeStartObject();
      generator.writeArrayFieldStart("batchItemFailures");
      for (String id : failures) {
        generator.writeStartObject();
        generator.writeStringField("itemIdentifier", id);
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }

  long sum() {
    return sum;
  }
}
