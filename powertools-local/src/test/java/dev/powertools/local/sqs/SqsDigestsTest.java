// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.local.event.Events;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class SqsDigestsTest {

  @Test
  void are_those_of_a_queue() {
    Map<String, MessageAttributeValue> attributes =
        Map.of(
            "tenant", text("String", "acmé"),
            "tries", text("Number.int", "3"),
            "B", text("String", "upper case sorts first"),
            "raw",
                MessageAttributeValue.builder()
                    .dataType("Binary")
                    .binaryValue(SdkBytes.fromByteArray(new byte[] {1, 0, -1}))
                    .build());
    try (LocalQueues queues = LocalQueues.start();
        SqsClient sqs = queues.client()) {
      String url = queues.createQueue("digests").url();

      SendMessageResponse sent =
          sqs.sendMessage(m -> m.queueUrl(url).messageBody("ä{}").messageAttributes(attributes));

      EventView event =
          EventView.of(
              Events.sqs()
                  .message(
                      m ->
                          m.body("ä{}")
                              .attribute("tries", "Number.int", "3")
                              .attribute("tenant", "acmé")
                              .attribute("raw", new byte[] {1, 0, -1})
                              .attribute("B", "upper case sorts first"))
                  .toBytes());
      assertThat(event.text(JsonPointer.of("/Records/0/md5OfBody")))
          .contains(sent.md5OfMessageBody());
      assertThat(event.text(JsonPointer.of("/Records/0/md5OfMessageAttributes")))
          .contains(sent.md5OfMessageAttributes());
    }
  }

  private static MessageAttributeValue text(String type, String value) {
    return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
  }
}
