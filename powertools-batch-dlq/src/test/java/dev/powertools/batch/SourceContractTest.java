// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.powertools.batch.DeadLetterQueue.Receipt;
import dev.powertools.core.FunctionRuntime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every source whose records keep an order. */
@ParameterizedClass
@MethodSource("sources")
class SourceContractTest {

  private final SourceUnderTest source;
  private final SourceScript script = new SourceScript();
  private final RequestStreamHandler handler;
  private FakeDeadLetters deadLetters = FakeDeadLetters.answering(this::accept);
  private FunctionRuntime runtime = Fixtures.runtime(deadLetters).build();

  SourceContractTest(SourceUnderTest source) {
    this.source = source;
    this.handler = source.handler().apply(script);
  }

  static List<SourceUnderTest> sources() {
    return SourceUnderTest.all();
  }

  private List<Receipt> accept(FakeDeadLetters queue, List<DeadLetterMessage> messages) {
    script.diary.add("parked");
    return queue.accept(messages);
  }

  private void deadLettersAre(FakeDeadLetters queue) {
    deadLetters = queue;
    runtime = Fixtures.runtime(queue).build();
  }

  private String handle(String event) {
    return handle(event, null);
  }

  private String handle(String event, @Nullable Context context) {
    return (String) Fixtures.under(runtime, () -> send(event, context));
  }

  private String send(String event, @Nullable Context context) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, context);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Context left(int millis) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                method.getReturnType() == int.class
                    ? millis
                    : method.getReturnType() == String.class ? method.getName() : null);
  }

  @Nested
  class A_batch {

    @Test
    void that_succeeds_is_answered_with_an_empty_list_and_run_in_order() {
      assertThat(handle(source.batch("a", "b", "ignored-c"))).isEqualTo(source.response());
      assertThat(script.diary).containsExactly("run a", "run b", "run ignored-c");
    }

    @Test
    void without_records_is_answered_with_an_empty_list() {
      assertThat(handle(source.batch())).isEqualTo(source.response());
    }

    @Test
    void whose_records_are_null_is_answered_with_an_empty_list() {
      String event = source.batch();

      assertThat(handle(event.replace("[]", "null"))).isEqualTo(source.response());
      assertThat(handle(event.replaceAll("\\{\"payments-0\":\\[]}|\\[]", "null")))
          .isEqualTo(source.response());
    }

    @Test
    void with_a_record_twice_runs_it_once() {
      String a = source.json(0, "a");

      assertThat(handle(source.event().apply(List.of(a, source.json(1, "b"), a))))
          .isEqualTo(source.response());
      assertThat(script.diary).containsExactly("run a", "run b");
    }

    @Test
    void with_a_failing_record_twice_names_it_once() {
      String a = source.json(0, "fails-a");

      assertThat(handle(source.event().apply(List.of(a, a)))).isEqualTo(source.response(0));
      assertThat(script.diary).containsExactly("run fails-a");
    }

    @Test
    void for_which_too_little_time_is_left_is_delivered_again_unrun() {
      assertThat(handle(source.batch("a", "b"), left(100))).isEqualTo(source.responseFrom(0, 2));
      assertThat(script.diary).isEmpty();
    }

    @Test
    void with_time_enough_runs_in_order_on_other_threads() {
      assertThat(handle(source.batch("a", "b", "fails-c", "d"), left(60_000)))
          .isEqualTo(source.responseFrom(2, 4));
      assertThat(script.diary).containsExactly("run a", "run b", "run fails-c");
    }

    @Test
    void in_which_memory_runs_out_fails_as_a_whole() {
      assertThatThrownBy(() -> handle(source.batch("a", "fatal-b", "c")))
          .isInstanceOf(OutOfMemoryError.class);
      assertThat(script.diary).containsExactly("run a", "run fatal-b");
    }
  }

  @Nested
  class A_record_that_is_delivered_again {

    @Test
    void stops_what_is_behind_it() {
      assertThat(handle(source.batch("a", "fails-b", "c", "fails-d")))
          .isEqualTo(source.responseFrom(1, 4));
      assertThat(script.diary).containsExactly("run a", "run fails-b");
    }

    @Test
    void stops_it_also_if_the_handler_says_later() {
      assertThat(handle(source.batch("later-a", "b"))).isEqualTo(source.responseFrom(0, 2));
      assertThat(script.diary).containsExactly("run later-a");
    }

    @Test
    void is_the_same_work_and_another_one_is_not() {
      handle(source.batch("a", "b"));
      handle(source.batch("a", "b"));

      assertThat(script.workIds.subList(2, 4)).isEqualTo(script.workIds.subList(0, 2));
      assertThat(script.workIds.get(0)).isNotEqualTo(script.workIds.get(1));
    }
  }

  @Nested
  class A_record_that_can_never_succeed {

    @Test
    void is_parked_before_the_next_one_runs_and_the_batch_goes_on() {
      assertThat(handle(source.batch("a", "never-b", "c"))).isEqualTo(source.response());
      assertThat(script.diary).containsExactly("run a", "run never-b", "parked", "run c");
    }

    @Test
    void is_parked_with_all_that_came_and_the_story_of_its_failure() {
      handle(source.batch("a", "never-b"));

      DeadLetterMessage letter = deadLetters.held.get(0);
      String record = source.json(1, "never-b");
      assertThat(letter.body()).isEqualTo(source.original().apply(record, "never-b"));
      assertThat(letter.attributes().get("pt.failure").text().orElseThrow())
          .contains("\"srcArn\":\"" + source.arn() + "\"")
          .contains("\"srcMsgId\":\"" + source.sourceId().apply(1) + "\"")
          .contains("\"reason\":\"PERMANENT\"")
          .contains("\"msg\":\"never-b\"");
    }

    @Test
    void is_parked_unrun_if_it_can_not_be_read() {
      assertThat(handle(source.batch("a", "17", "c"))).isEqualTo(source.response());
      assertThat(script.diary).containsExactly("run a", "parked", "run c");
      DeadLetterMessage letter = deadLetters.held.get(0);
      assertThat(letter.body()).isEqualTo(source.original().apply(source.json(1, "17"), "17"));
      assertThat(letter.attributes().get("pt.reason").text()).contains("UNDECODABLE");
    }

    @Test
    void holds_up_the_rest_until_it_is_confirmed() {
      deadLettersAre(
          FakeDeadLetters.answering(
              (queue, messages) -> messages.stream().map(m -> Receipt.UNKNOWN).toList()));

      assertThat(handle(source.batch("a", "never-b", "c"))).isEqualTo(source.responseFrom(1, 3));
      assertThat(script.diary).containsExactly("run a", "run never-b");
    }

    @Test
    void holds_up_the_rest_if_it_is_refused() {
      deadLettersAre(
          FakeDeadLetters.answering(
              (queue, messages) -> messages.stream().map(m -> Receipt.REFUSED).toList()));

      assertThat(handle(source.batch("never-a", "b"))).isEqualTo(source.responseFrom(0, 2));
    }

    @Test
    void has_an_id_for_deduplication_that_a_fifo_queue_takes() {
      handle(source.batch("never-a", "never-b"));

      List<String> ids = new ArrayList<>(deadLetters.heldIds());
      assertThat(ids).hasSize(2).doesNotHaveDuplicates();
      assertThat(ids).allMatch(id -> id.matches("[-A-Za-z0-9_.]{1,128}"));
    }
  }

  @Nested
  class An_event_that_is_none {

    private void isRefused(String event) {
      assertThatThrownBy(() -> handle(event)).isInstanceOf(MalformedEventException.class);
      assertThat(script.diary).as("%s", event).isEmpty();
    }

    @Test
    void is_refused_as_a_whole() {
      String good = source.batch("a");
      isRefused("");
      isRefused("null");
      isRefused("[]");
      isRefused("{}");
      isRefused("{\"detail\":{}}");
      isRefused(good.substring(0, good.length() - 1));
      isRefused(good + "{}");
      isRefused(good.replaceFirst("\\[\\{", "[null,{"));
      isRefused(good.replaceFirst("\\[\\{", "[[],{"));
      isRefused("{" + good.substring(1, good.length() - 1) + "," + good.substring(1));
    }

    @Test
    void is_refused_if_a_record_has_no_id_to_be_reported_by() {
      String good = source.batch("a", "b");
      isRefused(
          good.replace("messageId", "x").replace("equenceNumber", "x").replace("offset", "x"));
      isRefused(
          good.replace("\"m-1\"", "null").replace("\"100\"", "null").replace(":100,", ":null,"));
      isRefused(good.replace("\"m-1\"", "{}").replace("\"100\"", "{}").replace(":100,", ":[],"));
    }

    @Test
    void is_refused_if_it_is_one_of_another_source() {
      for (SourceUnderTest other : SourceUnderTest.all()) {
        if (!other.name().equals(source.name())) {
          isRefused(other.batch("a"));
        }
      }
    }
  }

  @Test
  void what_is_said_beside_the_payload_is_known() {
    handle(source.batch("a", "b"));

    assertThat(script.contexts).hasSize(2).allMatch(each -> each.source().equals(source.arn()));
    assertThat(script.contexts.get(1).id()).isEqualTo(source.sourceId().apply(1));
  }
}
