// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Batches of ten messages. They have no receipt handle, so that nobody asks a queue about those
 * that fail.
 */
final class BatchEvents {

  private static final int SIZE = 10;
  private static final String ARN = "arn:aws:sqs:eu-central-1:123456789012:orders";

  private BatchEvents() {}

  private static String body(int index, int failing) {
    return index < failing ? RawBatchHandler.BAD : "{\"orderId\":\"o-" + index + "\"}";
  }

  static SQSEvent objects(int failing) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId("m-" + i);
      message.setBody(body(i, failing));
      message.setEventSourceArn(ARN);
      message.setAttributes(Map.of("ApproximateReceiveCount", "1"));
      messages.add(message);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  static byte[] bytes(int failing) {
    return bytes(failing, ARN, 0);
  }

  /** In so many groups of a FIFO queue. */
  static byte[] fifo(int groups) {
    return bytes(0, ARN + ".fifo", groups);
  }

  private static byte[] bytes(int failing, String arn, int groups) {
    StringBuilder json = new StringBuilder("{\"Records\":[");
    for (int i = 0; i < SIZE; i++) {
      String group = groups == 0 ? "" : ",\"MessageGroupId\":\"g-" + i % groups + "\"";
      json.append(i == 0 ? "" : ",")
          .append("{\"messageId\":\"m-" + i + "\",\"body\":\"")
          .append(body(i, failing).replace("\"", "\\\""))
          .append("\",\"attributes\":{\"ApproximateReceiveCount\":\"1\"" + group + "}")
          .append(",\"messageAttributes\":{},\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"")
          .append(arn)
          .append("\",\"awsRegion\":\"eu-central-1\"}");
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A context that always has half a minute left. */
  static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getRemainingTimeInMillis", "getMemoryLimitInMB" -> 30_000;
                  case "getAwsRequestId" -> "request";
                  default -> null;
                });
  }
}
