// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the events that an SQS event source mapping sends. The messages of an event have the ids
 * {@link #messageId messageId(0)}, {@code messageId(1)} and so on, come from the queue {@code
 * orders} and were received once.
 */
public final class SqsEvents {

  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:orders";

  private SqsEvents() {}

  /**
   * An event with one message for each body.
   *
   * @param bodies text as it is, anything else as its JSON
   */
  public static Map<String, Object> of(Object... bodies) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (Object body : bodies) {
      records.add(message(records.size(), text(body)));
    }
    return Map.of("Records", records);
  }

  /** The id of the message at {@code index} of an event, counted from 0. */
  public static String messageId(int index) {
    return String.format("00000000-0000-0000-0000-%012d", index);
  }

  private static Map<String, Object> message(int index, String body) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("messageId", messageId(index));
    message.put("receiptHandle", "receipt-" + index);
    message.put("body", body);
    message.put(
        "attributes",
        Map.of(
            "ApproximateReceiveCount", "1",
            "SentTimestamp", "1767225600000",
            "SenderId", "AIDAEXAMPLE",
            "ApproximateFirstReceiveTimestamp", "1767225600001"));
    message.put("messageAttributes", Map.of());
    message.put("eventSource", "aws:sqs");
    message.put("eventSourceARN", QUEUE);
    message.put("awsRegion", "us-east-1");
    return message;
  }

  private static String text(Object body) {
    if (body instanceof CharSequence chars) {
      return chars.toString();
    }
    return new String(Events.json(body), StandardCharsets.UTF_8);
  }
}
