// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.Disposition;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.idempotency.spi.IdempotencyStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IdempotentSetupTest {

  record Marked(@IdempotencyKey String id, int amount) {}

  record TwiceMarked(@IdempotencyKey String id, @IdempotencyKey String other) {}

  record Compound(String customer, BigDecimal amount) {}

  static class Methods {
    final AtomicInteger bodies = new AtomicInteger();

    @Idempotent(name = "pointer", key = "/body/id")
    void pointer(Map<String, Object> event, Context context) {
      bodies.incrementAndGet();
    }

    @Idempotent(name = "parameter")
    void parameter(@IdempotencyKey @Nullable Object key, int attempt) {
      bodies.incrementAndGet();
    }

    @Idempotent(name = "component")
    void component(Marked order, String note) {
      bodies.incrementAndGet();
    }

    @Idempotent(name = "none")
    void none(String message) {
      bodies.incrementAndGet();
    }

    @Idempotent(name = "twoMarks")
    void twoMarks(TwiceMarked order) {}

    @Idempotent(name = "contradiction", key = "/id")
    void contradiction(Marked order) {}

    @Idempotent(name = "ambiguousRoot", key = "/id")
    void ambiguousRoot(String one, String other) {}

    @Idempotent(name = "noRoot", key = "/id")
    void noRoot(Context context) {}

    @Idempotent(name = "badPointer", key = "id")
    void badPointer(String order) {}

    @Idempotent(name = "badExpiry", key = "/id", expiry = "soon")
    void badExpiry(String order) {}

    @Idempotent(name = "batch", key = "/records/0/messageId")
    void batch(SQSEvent event, Context context) {}

    @Idempotent(name = "streams", key = "/id")
    void streams(InputStream in, OutputStream out, Context context) {}

    @Idempotent(name = "stage", key = "/id")
    CompletionStage<String> stage(Map<String, String> order) {
      return CompletableFuture.completedStage("done");
    }

    @Idempotent(name = "unreadable", key = "/id")
    Thread unreadable(Map<String, String> order) {
      return Thread.currentThread();
    }

    @Idempotent(name = "taken", key = "/id")
    void first(Map<String, String> order) {}

    @Idempotent(name = "taken", key = "/id")
    void second(Map<String, String> order) {}

    @Idempotent(key = "/id")
    void unnamed(Map<String, String> order) {}
  }

  private final Function function = new Function();
  private final Methods methods = new Methods();

  private Set<String> keysOf(String method, @Nullable Object[]... calls) throws Throwable {
    for (@Nullable Object[] arguments : calls) {
      function.call(methods, method, arguments);
    }
    Set<String> ids = new HashSet<>();
    function.store.claims().forEach(claim -> ids.add(claim.id()));
    return ids;
  }

  private static @Nullable Object[] call(@Nullable Object... arguments) {
    return arguments;
  }

  @Nested
  class The_key {

    @Test
    void is_found_by_a_pointer_in_the_one_parameter_that_is_no_context() throws Throwable {
      assertThat(
              keysOf(
                  "pointer",
                  call(Map.of("body", Map.of("id", "a"), "time", 1), null),
                  call(Map.of("body", Map.of("id", "a"), "time", 2), null)))
          .hasSize(1);
    }

    @Test
    void is_found_in_a_string_that_holds_json() throws Throwable {
      assertThat(
              keysOf(
                  "pointer",
                  call(Map.of("body", Map.of("id", "a")), null),
                  call(Map.of("body", "{\"id\":\"a\"}"), null)))
          .hasSize(1);
    }

    @Test
    void is_a_marked_parameter_whatever_the_others_are() throws Throwable {
      assertThat(keysOf("parameter", call("a", 1), call("a", 2), call("b", 1))).hasSize(2);
    }

    @Test
    void is_a_marked_component_whatever_the_others_are() throws Throwable {
      assertThat(
              keysOf(
                  "component",
                  call(new Marked("a", 1), "x"),
                  call(new Marked("a", 2), "y"),
                  call(new Marked("b", 1), "x")))
          .hasSize(2);
    }

    @Test
    void is_the_same_for_equal_numbers_and_for_keys_in_another_order() throws Throwable {
      assertThat(
              keysOf(
                  "parameter",
                  call(new Compound("c", new BigDecimal("1.50")), 1),
                  call(Map.of("amount", 1.5, "customer", "c"), 1)))
          .hasSize(1);
    }

    @Test
    void differs_between_a_number_and_its_text() throws Throwable {
      assertThat(keysOf("parameter", call(1, 1), call("1", 1))).hasSize(2);
    }

    @Test
    void differs_for_numbers_that_a_double_cannot_tell_apart() throws Throwable {
      assertThat(keysOf("parameter", call(9007199254740993L, 1), call(9007199254740992L, 1)))
          .hasSize(2);
    }

    @Test
    void shows_format_function_and_name_before_the_hash() throws Throwable {
      Function named = new Function(Map.of("AWS_LAMBDA_FUNCTION_NAME", "orders"));
      named.call(methods, "parameter", "a", 1);

      assertThat(named.store.claims().get(0).id()).matches("1#orders#parameter#[0-9a-f]{64}");
    }

    @Test
    void does_not_change_with_the_library() throws Throwable {
      assertThat(keysOf("parameter", call("a", 1)))
          .containsExactly(
              "1#local#parameter#"
                  + "2da1a0ec832aa42223d9b04cf55c88f4a5faa1e5871909aa1ac8e3c562258ac3");
    }

    @Test
    void differs_between_functions() throws Throwable {
      Function one = new Function(Map.of("AWS_LAMBDA_FUNCTION_NAME", "one"));
      one.call(methods, "parameter", "a", 1);
      Function other = new Function(Map.of("AWS_LAMBDA_FUNCTION_NAME", "other"));
      other.call(methods, "parameter", "a", 1);

      assertThat(hash(one)).isNotEqualTo(hash(other));
    }

    private String hash(Function each) {
      String id = each.store.claims().get(0).id();
      return id.substring(id.lastIndexOf('#'));
    }

    @Test
    void has_class_and_method_where_there_is_no_name_and_a_hint_says_so() throws Throwable {
      try (LogCapture log = LogCapture.begin()) {
        assertThat(keysOf("unnamed", call(Map.of("id", "a"))))
            .allMatch(id -> id.startsWith("1#local#Methods.unnamed#"));
        assertThat(log.lines())
            .anyMatch(line -> line.contains("unnamed(") && line.contains("has no name"));
      }
    }
  }

  @Nested
  class A_key_that_is_no_key {

    private void assertRefused(String method, String message, @Nullable Object... arguments) {
      assertThatThrownBy(() -> function.call(methods, method, arguments))
          .isInstanceOfSatisfying(
              IdempotencyKeyException.class,
              e -> assertThat(e.disposition()).isEqualTo(Disposition.DEAD_LETTER))
          .hasMessageContaining(message);
      assertThat(methods.bodies).hasValue(0);
      assertThat(function.store.writes()).isEmpty();
    }

    @Test
    void because_it_is_missing_is_refused() {
      assertRefused("pointer", "\"/body/id\" of argument 0 is missing", Map.of(), null);
    }

    @Test
    void because_it_is_null_is_refused() {
      assertRefused("parameter", "argument 0 is missing or null", null, 1);
    }

    @Test
    void because_it_is_empty_text_is_refused() {
      assertRefused("parameter", "is empty", "", 1);
    }

    @Test
    void because_it_is_an_empty_list_is_refused() {
      assertRefused("parameter", "is empty", List.of(), 1);
    }

    @Test
    void because_it_is_an_empty_object_is_refused() {
      assertRefused("parameter", "is empty", Map.of(), 1);
    }

    @Test
    void because_it_is_ambiguous_is_refused() {
      assertRefused("pointer", "can't be read", Map.of("body", Map.of("ID", 1, "Id", 2)), null);
    }
  }

  @Nested
  class A_method_without_a_key {

    @Test
    void takes_the_work_id_of_a_record() throws Throwable {
      LiveInvocation batch = function.invocation();
      Function.callIn(batch.child().workId("m1").open(), methods, "none", "x");
      Function.callIn(batch.child().workId("m1").open(), methods, "none", "y");
      Function.callIn(batch.child().workId("m2").open(), methods, "none", "x");

      assertThat(methods.bodies).hasValue(2);
    }

    @Test
    void is_refused_outside_a_batch() {
      assertThatThrownBy(() -> function.call(methods, "none", "x"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("Methods.none(String)")
          .hasMessageContaining("@IdempotencyKey");
      assertThat(methods.bodies).hasValue(0);
    }

    @Test
    void is_refused_at_initialisation_where_the_platforms_call_arrives() {
      assertThatThrownBy(() -> function.linkEntry(methods, "none"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("it has no key");
    }
  }

  @Nested
  class At_initialisation {

    private void assertRefused(String method, String... message) {
      assertThatThrownBy(() -> function.linkEntry(methods, method))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("Methods." + method + "(")
          .hasMessageContaining("@Idempotent")
          .hasMessageContainingAll(message);
    }

    @Test
    void two_marks_are_refused() {
      assertRefused("twoMarks", "2 @IdempotencyKey marks", "one record");
    }

    @Test
    void a_pointer_beside_a_mark_is_refused() {
      assertRefused("contradiction", "key = \"/id\" and @IdempotencyKey contradict");
    }

    @Test
    void a_pointer_with_two_possible_roots_is_refused() {
      assertRefused("ambiguousRoot", "there are 2", "@IdempotencyKey");
    }

    @Test
    void a_pointer_without_a_root_is_refused() {
      assertRefused("noRoot", "there are 0");
    }

    @Test
    void a_malformed_pointer_is_refused() {
      assertRefused("badPointer", "key", "starts with '/'");
    }

    @Test
    void an_expiry_that_is_no_time_is_refused() {
      assertRefused("badExpiry", "expiry", "soon");
    }

    @Test
    void a_whole_batch_is_refused() {
      assertRefused("batch", "SQSEvent is a whole batch", "the method that handles one record");
    }

    @Test
    void a_method_that_writes_to_a_stream_and_is_no_handler_is_refused() {
      assertThatThrownBy(() -> function.link(methods, "streams"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("a method that returns the result");
    }

    @Test
    void a_result_that_comes_later_is_refused() {
      assertRefused("stage", "CompletionStage", "Idempotency.of");
    }

    @Test
    void a_result_that_cannot_be_read_again_is_refused() {
      assertRefused("unreadable", "can't be stored and read again");
    }

    @Test
    void a_name_that_another_method_has_is_refused() {
      function.link(methods, "first");
      assertThatCode(() -> function.link(methods, "first")).doesNotThrowAnyException();

      assertThatThrownBy(() -> function.link(methods, "second"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("\"taken\" is already that of")
          .hasMessageContaining("Methods.first(");
    }

    @Test
    void a_runtime_without_a_store_is_refused_and_told_what_to_do() {
      assertThatThrownBy(() -> linkUnder(function.builder(Map.of()).build()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("no idempotency store is configured")
          .hasMessageContaining("part(IdempotencyStore.class");
    }

    @Test
    void a_table_that_the_environment_names_is_the_store() throws Exception {
      FunctionRuntime runtime =
          function.builder(Map.of("POWERTOOLS_IDEMPOTENCY_TABLE", "claims")).build();

      linkUnder(runtime);

      assertThat(runtime.part(IdempotencyStore.class, r -> new MemoryStore()))
          .hasToString("DynamoDbStore of the table claims");
    }

    @Test
    void a_store_that_must_not_be_used_here_is_refused() {
      FunctionRuntime lambda =
          function
              .builder(Map.of("AWS_LAMBDA_FUNCTION_NAME", "orders"))
              .part(IdempotencyStore.class, new MemoryStore())
              .build();

      assertThatThrownBy(() -> linkUnder(lambda))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("MemoryStore");
    }
  }

  private static void linkUnder(FunctionRuntime runtime) throws NoSuchMethodException {
    Method method = Methods.class.getDeclaredMethod("first", Map.class);
    Links.of(JoinPoints.method(method, false), runtime)
        .annotations(Arrays.asList(method.getDeclaredAnnotations()))
        .chain();
  }

  @Nested
  class A_batch_whose_type_does_not_tell {

    private void handle(Object event) throws Throwable {
      LiveInvocation invocation =
          LiveInvocation.under(function.runtime).event(EventView.of(event)).open();
      function
          .linkEntry(methods, "pointer")
          .call(
              invocation,
              methods,
              new @Nullable Object[] {event, null},
              (target, arguments) -> methods.bodies.incrementAndGet());
    }

    @Test
    void is_refused_when_it_comes() {
      Map<String, Object> event =
          Map.of("Records", List.of(Map.of("eventSource", "aws:sqs")), "body", Map.of("id", "a"));

      assertThatThrownBy(() -> handle(event))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("aws:sqs")
          .hasMessageContaining("the method that handles one record");
      assertThat(methods.bodies).hasValue(0);
    }

    @Test
    void is_told_from_a_single_event() throws Throwable {
      handle(Map.of("body", Map.of("id", "a")));

      assertThat(methods.bodies).hasValue(1);
    }
  }

  @Nested
  class The_switch {

    private Function with(String value) {
      return new Function(Map.of("POWERTOOLS_IDEMPOTENCY_DISABLED", value));
    }

    @Test
    void set_to_true_lets_all_work_run_through_every_door_and_is_logged_once() throws Throwable {
      Function off = with("true");
      Idempotency work = Idempotency.of("work");
      try (LogCapture log = LogCapture.begin()) {
        off.call(methods, "parameter", "a", 1);
        off.call(methods, "parameter", "a", 1);
        off.inside(() -> work.execute("a", Integer.class, methods.bodies::incrementAndGet));
        off.inside(() -> work.execute("a", Integer.class, methods.bodies::incrementAndGet));

        assertThat(log.lines())
            .filteredOn(line -> line.contains("POWERTOOLS_IDEMPOTENCY_DISABLED"))
            .hasSize(1);
      }
      assertThat(methods.bodies).hasValue(4);
      assertThat(off.store.writes()).isEmpty();
    }

    @Test
    void set_to_nothing_changes_nothing() throws Throwable {
      Function on = with("");
      on.call(methods, "parameter", "a", 1);
      on.call(methods, "parameter", "a", 1);

      assertThat(methods.bodies).hasValue(1);
    }

    @Test
    void set_to_anything_else_is_refused() {
      assertThatThrownBy(() -> with("0").link(methods, "first"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("POWERTOOLS_IDEMPOTENCY_DISABLED")
          .hasMessageContaining("true or false");
    }
  }

  @Test
  void canonical_bytes_of_the_pinned_key() {
    assertThat(new KeySource(0, JsonPointer.root()).read(Map.of("b", 1.0, "a", List.of(true))))
        .isEqualTo("{\"a\":[true],\"b\":1}".getBytes(StandardCharsets.UTF_8));
  }
}
