// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches: one behaviour, whichever door the event comes through. */
@FunctionTest
class BatchDoorsTest {

  private final Shop shop = new Shop();

  private static SQSEvent event(String... bodies) {
    List<SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      SQSMessage message = new SQSMessage();
      message.setMessageId("m-" + messages.size());
      message.setReceiptHandle("handle-" + messages.size());
      message.setBody(body);
      message.setEventSource("aws:sqs");
      message.setEventSourceArn("arn:aws:sqs:us-east-1:123456789012:orders");
      message.setAttributes(Map.of("ApproximateReceiveCount", "1"));
      message.setMessageAttributes(Map.of());
      messages.add(message);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  @ParameterizedTest
  @ValueSource(classes = {BaseClassOrders.class, WovenOrders.class, PlainCodeOrders.class})
  void each_order_is_charged_once_and_only_what_failed_is_reported(
      Class<?> door, Functions functions, FunctionLogs logs) {
    TestFunction function = functions.with(Shop.class, shop).function(door);

    TestResponse response =
        function.invoke(
            event(
                "{\"orderId\":\"o-1\",\"cents\":5}",
                "{\"orderId\":\"free\",\"cents\":0}",
                "{\"orderId\":\"o-1\",\"cents\":5}",
                "{\"orderId\":\"o-2\",\"cents\":7}"));

    assertThat(response.error()).isEmpty();
    assertThat(response.text()).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}");
    assertThat(shop.charged()).containsExactly("o-1", "o-2");
    assertThat(logs.messages()).contains("Charged o-1", "Charged o-2");
  }

  @ParameterizedTest
  @ValueSource(classes = {BaseClassOrders.class, WovenOrders.class})
  void a_payload_that_cannot_be_read_is_reported_where_there_is_no_dead_letter_queue(
      Class<?> door, Functions functions) {
    TestFunction function = functions.with(Shop.class, shop).function(door);

    TestResponse response = function.invoke(event("not JSON", "{\"orderId\":\"o\",\"cents\":1}"));

    assertThat(response.text()).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-0\"}]}");
    assertThat(shop.charged()).containsExactly("o");
  }
}
