// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class SqsEventJsonTest {
  private static final LocalQueue QUEUE =
      new LocalQueue("q", "http://localhost/q", "arn:aws:sqs:eu-west-1:123456789012:q");

  @Test
  void a_message_without_attributes_looks_as_in_awss_example() {
    Message message =
        Message.builder()
            .messageId("059f36b4")
            .receiptHandle("AQEB")
            .body("Test \"message\".")
            .attributes(Map.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"))
            .build();

    assertThat(text(message))
        .isEqualTo(
            "{\"Records\":[{\"messageId\":\"059f36b4\",\"receiptHandle\":\"AQEB\","
                + "\"body\":\"Test \\\"message\\\".\","
                + "\"attributes\":{\"ApproximateReceiveCount\":\"1\"},"
                + "\"messageAttributes\":{},\"md5OfBody\":\"fed51d5aa537ee79a11ec5e9c64fe2a0\","
                + "\"eventSource\":\"aws:sqs\","
                + "\"eventSourceARN\":\"arn:aws:sqs:eu-west-1:123456789012:q\","
                + "\"awsRegion\":\"eu-west-1\"}]}");
  }

  @Test
  void message_attributes_have_all_five_fields_that_apply() {
    Message message =
        Message.builder()
            .messageId("m")
            .receiptHandle("h")
            .body("b")
            .messageAttributes(
                Map.of(
                    "raw",
                    MessageAttributeValue.builder()
                        .dataType("Binary")
                        .binaryValue(SdkBytes.fromByteArray(new byte[] {1, 2, (byte) 0xff}))
                        .build()))
            .build();

    assertThat(text(message))
        .contains(
            "\"messageAttributes\":{\"raw\":{\"binaryValue\":\"AQL/\",\"stringListValues\":[],"
                + "\"binaryListValues\":[],\"dataType\":\"Binary\"}},");
  }

  private static String text(Message message) {
    return new String(SqsEventJson.write(List.of(message), QUEUE), UTF_8);
  }
}
