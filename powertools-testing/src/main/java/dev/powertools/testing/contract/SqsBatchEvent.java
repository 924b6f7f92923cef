// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import dev.powertools.core.json.JsonWriter;
import dev.powertools.testing.contract.BatchFunctionContract.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The event of an SQS event source mapping, with the ids that a test wants. */
final class SqsBatchEvent {

  private SqsBatchEvent() {}

  static Map<String, Object> of(List<Message> messages) {
    List<Map<String, Object>> records = new ArrayList<>();
    messages.forEach(message -> records.add(record(message)));
    return Map.of("Records", records);
  }

  private static Map<String, Object> record(Message message) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("messageId", message.id());
    record.put("receiptHandle", "receipt-" + message.id());
    record.put("body", text(message.body()));
    record.put("attributes", Map.of("ApproximateReceiveCount", "1"));
    record.put("messageAttributes", Map.of());
    record.put("eventSource", "aws:sqs");
    record.put("eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:orders");
    record.put("awsRegion", "us-east-1");
    return record;
  }

  private static String text(Object body) {
    if (body instanceof CharSequence chars) {
      return chars.toString();
    }
    JsonWriter json = new JsonWriter();
    json.value(body);
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }
}
