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

/** Spans: one behaviour, whichever door the call comes through. */
@FunctionTest
class TracedDoorsTest {

  private static final String ORDER = "{\"orderId\":\"o-1\",\"cents\":500}";
  private static final String FREE = "{\"orderId\":\"o-2\",\"cents\":0}";

  private final Shop shop = new Shop();

  @ParameterizedTest
  @ValueSource(
      classes = {
        WovenTracedShop.class,
        BaseClassTracedShop.class,
        WovenBaseClassTracedShop.class,
        PlainCodeTracedShop.class
      })
  void an_invocation_has_one_span_and_its_steps_are_children(
      Class<?> door, Functions functions, Spans spans, FunctionLogs logs) {
    TestResponse response = functions.with(Shop.class, shop).function(door).invokeJson(ORDER);

    assertThat(response.error()).isEmpty();
    assertThat(spans.open()).isZero();
    assertThat(spans.all()).as("%s", spans).hasSize(2);
    RecordedSpan invocation = spans.roots().get(0);
    assertThat(invocation.kind()).isEqualTo("SERVER");
    assertThat(invocation.attributes())
        .containsEntry("faas.invocation_id", response.requestId())
        .containsEntry("faas.coldstart", true)
        .containsEntry("faas.trigger", "other")
        .containsEntry("order.id", "o-1");
    RecordedSpan charge = spans.named("charge");
    assertThat(charge.parent()).contains(invocation);
    assertThat(charge.attributes()).containsEntry("order.cents", 500L);
    assertThat(logs.of(response)).singleElement().satisfies(line -> isOf(line, charge));
  }

  private static void isOf(LogLine line, RecordedSpan span) {
    assertThat(line.field("trace_id")).contains(span.traceId());
    assertThat(line.field("span_id")).contains(span.spanId());
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WovenTracedShop.class,
        BaseClassTracedShop.class,
        WovenBaseClassTracedShop.class,
        PlainCodeTracedShop.class
      })
  void a_failure_marks_both_and_reaches_the_platform(
      Class<?> door, Functions functions, Spans spans) {
    TestResponse response = functions.with(Shop.class, shop).function(door).invokeJson(FREE);

    assertThat(response.error().orElseThrow().message()).contains("Order o-2 has no price");
    assertThat(spans.all())
        .hasSize(2)
        .allSatisfy(
            span -> {
              assertThat(span.failed()).isTrue();
              assertThat(span.statusText()).isEqualTo("Order o-2 has no price");
              assertThat(span.events())
                  .extracting(RecordedSpan.Event::name)
                  .isEqualTo(List.of("exception"));
            });
  }
}
