// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.UnwovenClassError;
import dev.powertools.core.config.Config;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.core.woven.Woven;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SqsBatchHandlerTest {

  private final FakeDeadLetters deadLetters = FakeDeadLetters.accepting();
  private final FunctionRuntime runtime = Fixtures.runtime(deadLetters).build();

  record Order(String orderId, long cents) {}

  static String event(String... bodies) {
    return event(Fixtures.STANDARD, bodies);
  }

  private static String event(String arn, String[] bodies) {
    StringBuilder event = new StringBuilder("{\"Records\":[");
    for (int i = 0; i < bodies.length; i++) {
      event
          .append(i == 0 ? "" : ",")
          .append("{\"messageId\":\"m" + i + "\",\"eventSourceARN\":\"" + arn + "\",\"body\":\"")
          .append(bodies[i].replace("\"", "\\\""))
          .append("\"}");
    }
    return event.append("]}").toString();
  }

  private String handle(Supplier<? extends SqsBatchHandler<?>> handler, String event) {
    return handle(runtime, handler, event);
  }

  private static String handle(
      FunctionRuntime runtime, Supplier<? extends SqsBatchHandler<?>> handler, String event) {
    return (String) Fixtures.under(runtime, () -> send(handler.get(), event));
  }

  private static String send(SqsBatchHandler<?> handler, String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> notes() {
    return runtime.part(Traced.Notes.class, r -> new Traced.Notes()).lines;
  }

  static class Orders extends SqsBatchHandler<Order> {
    @Override
    protected Outcome onRecord(Order order, RecordContext record) {
      if (order.cents() < 0) {
        throw new IllegalStateException("refund");
      }
      return order.cents() == 0 ? Outcome.deadLetter("amount") : Outcome.done();
    }
  }

  @Test
  void handles_each_message_and_names_those_that_failed() {
    assertThat(
            handle(
                Orders::new,
                event(
                    "{\"orderId\":\"a\",\"cents\":1}",
                    "{\"orderId\":\"b\",\"cents\":-1}",
                    "{\"orderId\":\"c\",\"cents\":0}",
                    "{\"orderId\":\"d\",\"cents\":\"1\"}",
                    "null")))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}");
    assertThat(deadLetters.heldIds()).containsExactly("m2", "m3", "m4");
    assertThat(deadLetters.held.stream().map(m -> m.attributes().get("pt.reason").text().get()))
        .containsExactly("PERMANENT", "UNDECODABLE", "UNDECODABLE");
  }

  @Test
  void an_undecodable_message_is_told_by_place_and_expected_type_not_by_content() {
    handle(Orders::new, event("{\"orderId\":\"secret\",\"cents\":\"secret\"}"));

    assertThat(deadLetters.held.get(0).attributes().get("pt.failure").text().get())
        .contains("/cents")
        .contains("Record m0 is no " + Order.class.getName())
        .doesNotContain("secret");
  }

  @Test
  void an_empty_batch_is_answered_with_an_empty_list() {
    assertThat(handle(Orders::new, "{\"Records\":null}")).isEqualTo("{\"batchItemFailures\":[]}");
  }

  @Test
  void what_is_no_sqs_event_throws_so_that_nothing_is_acknowledged() {
    assertThatThrownBy(() -> handle(Orders::new, "{\"detail\":{}}"))
        .isInstanceOf(MalformedEventException.class);
  }

  static class Texts extends SqsBatchHandler<String> {
    final List<String> seen = new ArrayList<>();

    @Override
    protected Outcome onRecord(String body, RecordContext record) throws Exception {
      seen.add(body + " " + record.messageId() + " " + record.body());
      seen.add(
          FunctionInvocation.current()
              .orElseThrow()
              .event()
              .text(JsonPointer.of("/a"))
              .orElse("no JSON"));
      return Outcome.done();
    }
  }

  static class Bytes extends SqsBatchHandler<byte[]> {
    byte[] seen = new byte[0];

    @Override
    protected Outcome onRecord(byte[] body, RecordContext record) {
      seen = body;
      return Outcome.done();
    }
  }

  static class Lists extends SqsBatchHandler<List<Order>> {
    final List<Order> seen = new ArrayList<>();

    @Override
    protected Outcome onRecord(List<Order> orders, RecordContext record) {
      seen.addAll(orders);
      return Outcome.done();
    }
  }

  @Nested
  class The_payload {

    @Test
    void that_is_text_is_the_body_as_it_is_and_the_event_is_read_from_it() {
      Texts texts = new Texts();

      handle(() -> texts, event("hello", "{\"a\":\"b\"}"));

      assertThat(texts.seen)
          .containsExactly("hello m0 hello", "no JSON", "{\"a\":\"b\"} m1 {\"a\":\"b\"}", "b");
    }

    @Test
    void that_is_bytes_is_the_body_in_utf_8() {
      Bytes bytes = new Bytes();

      handle(() -> bytes, event("€"));

      assertThat(bytes.seen).isEqualTo("€".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void may_be_generic() {
      Lists lists = new Lists();

      handle(() -> lists, event("[{\"orderId\":\"a\",\"cents\":1}]"));

      assertThat(lists.seen).containsExactly(new Order("a", 1));
    }
  }

  @Traced("type")
  static class Annotated extends SqsBatchHandler<Order> {
    @Override
    @Traced("method")
    protected Outcome onRecord(Order order, RecordContext record) {
      if (order.cents() < 0) {
        throw new IllegalStateException("refund");
      }
      return Outcome.done();
    }
  }

  @Traced("type")
  static class AlreadyWoven extends SqsBatchHandler<Order> implements Woven {
    @Override
    @Traced("its own links")
    protected Outcome onRecord(Order order, RecordContext record) {
      return Outcome.done();
    }
  }

  static class Overriding extends Annotated {
    @Override
    protected Outcome onRecord(Order order, RecordContext record) {
      return super.onRecord(order, record);
    }
  }

  @Nested
  class Annotations {

    private static final String THREE =
        event("{\"orderId\":\"a\",\"cents\":1}", "{\"orderId\":\"b\",\"cents\":-1}", "{}");

    @Test
    void of_the_type_mean_the_batch_and_those_of_the_method_each_record() {
      handle(Annotated::new, THREE);

      assertThat(notes().subList(0, 3))
          .containsExactly(
              "method onRecord m0 ok",
              "method onRecord m1 IllegalStateException",
              "method onRecord m2 UndecodableRecordException");
      assertThat(notes().get(3)).matches("type entry handleRequest ad-hoc-.* ok");
      assertThat(deadLetters.heldIds()).containsExactly("m2");
    }

    @Test
    void of_a_woven_method_are_its_own_business() {
      handle(AlreadyWoven::new, THREE);

      assertThat(notes()).hasSize(1).allMatch(line -> line.startsWith("type entry"));
    }

    @Test
    void of_a_method_that_only_its_override_calls_need_the_weaver() {
      assertThatThrownBy(Overriding::new)
          .isInstanceOf(UnwovenClassError.class)
          .hasMessageContaining("Annotated.onRecord @Traced");
    }
  }

  @Answering
  static class Silent extends Orders {}

  @Answering("{\"batchItemFailures\":[]}")
  static class MakesItUp extends Orders {}

  @Nested
  class A_link_of_the_type_that_answers_itself {

    private static final String FAILS = event("{\"orderId\":\"b\",\"cents\":-1}");

    @Test
    void with_nothing_fails_the_batch_since_the_queue_would_delete_all_of_it() {
      assertThatThrownBy(() -> handle(Silent::new, FAILS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(Silent.class.getName());
    }

    @Test
    void with_a_response_of_its_own_fails_the_batch() {
      assertThatThrownBy(() -> handle(MakesItUp::new, FAILS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(MakesItUp.class.getName());
    }
  }

  static class OnHelper extends Orders {
    @Traced("never applied")
    void helper() {}
  }

  static class Raw<T> extends SqsBatchHandler<T> {
    @Override
    protected Outcome onRecord(T payload, RecordContext record) {
      return Outcome.done();
    }
  }

  @DeadLetter(queue = "${ORDERS_DLQ_URL}")
  static class WithQueue extends Orders {}

  static class InheritsQueue extends WithQueue {}

  @Nested
  class Fails_at_the_start {

    @Test
    void for_an_annotation_that_nobody_applies() {
      assertThatThrownBy(OnHelper::new)
          .isInstanceOf(UnwovenClassError.class)
          .hasMessageContaining("OnHelper.helper @Traced");
    }

    @Test
    void for_an_open_type() {
      assertThatThrownBy(Raw::new)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("type");
    }

    @Test
    void for_a_dead_letter_queue_whose_variable_is_not_set() {
      assertThatThrownBy(() -> Fixtures.under(runtime, InheritsQueue::new))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("ORDERS_DLQ_URL is not set");
    }

    @DeadLetter(queue = "https://sqs.us-east-1.amazonaws.com/1/dead")
    static class NoBatchHandler extends FunctionHandler<String, String> {
      @Override
      protected String handle(String event, Context context) {
        return event;
      }
    }

    @Test
    void for_a_dead_letter_queue_that_nobody_reads() {
      assertThatThrownBy(() -> Fixtures.under(runtime, NoBatchHandler::new))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("NoBatchHandler.handle(String, Context): @DeadLetter")
          .hasMessageContaining("a subclass of SqsBatchHandler only");
    }

    @Test
    void but_not_outside_a_function_where_a_test_brings_its_own_settings() {
      InheritsQueue handler = new InheritsQueue();
      FunctionRuntime configured =
          Fixtures.runtime(deadLetters)
              .config(Config.of(Map.of("ORDERS_DLQ_URL", FakeSqs.url("1", "dead"))))
              .build();

      assertThat(handle(configured, () -> handler, event("{\"orderId\":\"a\",\"cents\":0}")))
          .isEqualTo("{\"batchItemFailures\":[]}");
    }

    @Test
    void of_the_first_batch_if_the_dead_letter_queue_is_the_source_queue() {
      FunctionRuntime looping =
          Fixtures.runtime(deadLetters)
              .config(Config.of(Map.of("ORDERS_DLQ_URL", FakeSqs.url("123456789012", "orders"))))
              .build();

      assertThatThrownBy(() -> handle(looping, WithQueue::new, event("{}")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("is the source queue itself");
    }
  }
}
