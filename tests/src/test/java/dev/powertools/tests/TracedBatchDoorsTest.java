// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.LogLine;
import dev.powertools.testing.RecordedSpan;
import dev.powertools.testing.Spans;
import dev.powertools.testing.TestResponse;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans of batches: one behaviour, whichever door the event comes through. */
@FunctionTest
class TracedBatchDoorsTest {

  private static final String W3C = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String XRAY =
      "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

  private final Shop shop = new Shop();

  private static String event() {
    return "{\"Records\":["
        + message(0, "o-1", 5, "\"AWSTraceHeader\":\"" + XRAY + "\"", "")
        + ","
        + message(
            1,
            "free",
            0,
            "",
            "\"traceparent\":{\"dataType\":\"String\",\"stringValue\":\"" + W3C + "\"}")
        + ","
        + message(2, "o-3", 7, "", "")
        + "]}";
  }

  private static String message(int i, String order, int cents, String system, String attributes) {
    return """
        {"messageId":"m-%d","receiptHandle":"h-%d","eventSource":"aws:sqs",
         "eventSourceARN":"arn:aws:sqs:us-east-1:123456789012:orders","awsRegion":"us-east-1",
         "body":"{\\"orderId\\":\\"%s\\",\\"cents\\":%d}",
         "attributes":{%s},"messageAttributes":{%s},"md5OfBody":"0"}"""
        .formatted(i, i, order, cents, system, attributes);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {BaseClassTracedOrders.class, WovenTracedOrders.class, PlainCodeTracedOrders.class})
  void each_record_has_a_span_of_its_own_linked_to_its_sender(
      Class<?> door, Functions functions, Spans spans, FunctionLogs logs) {
    TestResponse response = functions.with(Shop.class, shop).function(door).invokeJson(event());

    assertThat(response.error()).isEmpty();
    assertThat(spans.open()).isZero();
    RecordedSpan batch = spans.roots().get(0);
    assertThat(batch.kind()).isEqualTo("CONSUMER");
    assertThat(batch.attributes()).containsEntry("messaging.batch.message_count", 3L);
    assertThat(batch.failed()).isFalse();
    List<RecordedSpan> records = batch.children();
    assertThat(records).as("%s", spans).hasSize(3);
    assertThat(records).extracting(RecordedSpan::failed).containsExactly(false, true, false);
    assertThat(records)
        .extracting(span -> span.attribute("order.id").orElse(""))
        .containsExactly("o-1", "free", "o-3");
    assertThat(records)
        .extracting(RecordedSpan::links)
        .containsExactly(
            List.of(new RecordedSpan.Link("5759e988bd862e3fe1be46a994272793", "53995c3f42cd8ad8")),
            List.of(new RecordedSpan.Link("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331")),
            List.of());
    assertThat(records.get(1).events())
        .extracting(RecordedSpan.Event::name)
        .containsExactly("exception", "batch.retry_later");
    assertThat(batch.events()).extracting(RecordedSpan.Event::name).containsExactly("batch.ended");
    areApart(logs, records);
  }

  /** Also the engine's line about the one that failed, written after its links. */
  private static void areApart(FunctionLogs logs, List<RecordedSpan> records) {
    assertThat(logs.lines())
        .filteredOn(line -> line.field("span_id").isPresent())
        .extracting(line -> spanOf(line))
        .containsExactly(records.get(0).spanId(), records.get(1).spanId(), records.get(2).spanId());
  }

  private static String spanOf(LogLine line) {
    return line.field("span_id").orElseThrow();
  }
}
