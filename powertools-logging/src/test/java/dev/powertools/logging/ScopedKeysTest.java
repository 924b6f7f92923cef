// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.Attributes.Restore;
import dev.powertools.core.Propagation;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScopedKeysTest {

  private final TestLog log = new TestLog();

  private JsonNode lineOf(Runnable logging) {
    logging.run();
    return log.line();
  }

  @Nested
  class Put {

    @Test
    void a_key_stands_in_all_further_lines_of_the_invocation() {
      TestFunction.run(
          TestFunction.invocation("r-1"),
          () -> {
            log.logger().info("before");
            Logs.put("order", 7);
            log.logger().info("one");
            log.logger().info("two");
            Logs.remove("order");
            log.logger().info("after");
          });
      assertThat(log.lines())
          .extracting(line -> line.has("order") ? line.get("order").intValue() : 0)
          .containsExactly(0, 7, 7, 0);
    }

    @Test
    void nothing_survives_into_the_next_invocation() {
      TestFunction.run(TestFunction.invocation("r-1"), () -> Logs.put("tenant", "acme"));
      TestFunction.run(TestFunction.invocation("r-2"), () -> log.logger().info("x"));
      assertThat(log.line().has("tenant")).isFalse();
    }

    @Test
    void nothing_survives_an_exception_either() {
      assertThatThrownBy(
              () ->
                  TestFunction.run(
                      TestFunction.invocation("r-1"),
                      (Runnable)
                          () -> {
                            Logs.put("tenant", "acme");
                            throw new IllegalStateException("x");
                          }))
          .isInstanceOf(IllegalStateException.class);
      log.logger().info("outside");
      TestFunction.run(TestFunction.invocation("r-2"), () -> log.logger().info("x"));
      assertThat(log.lines()).hasSize(2).noneMatch(line -> line.has("tenant"));
    }

    @Test
    void a_record_sees_the_keys_of_its_batch_and_keeps_its_own_to_itself() {
      LiveInvocation batch = TestFunction.invocation("r-1");
      TestFunction.run(
          batch,
          () -> {
            Logs.put("batch", 1);
            Logs.put("both", "batch");
            TestFunction.run(
                batch.child().open(),
                () -> {
                  Logs.put("record", 2);
                  Logs.put("both", "record");
                  log.logger().info("record");
                });
            log.logger().info("batch");
          });
      List<JsonNode> lines = log.lines();
      assertThat(lines.get(0).get("batch").intValue()).isEqualTo(1);
      assertThat(lines.get(0).get("record").intValue()).isEqualTo(2);
      assertThat(lines.get(0).get("both").textValue()).isEqualTo("record");
      assertThat(lines.get(1).has("record")).isFalse();
      assertThat(lines.get(1).get("both").textValue()).isEqualTo("batch");
    }

    @Test
    void outside_of_any_invocation_it_does_nothing() {
      Logs.put("leak", 1);
      log.logger().info("outside");
      TestFunction.run(TestFunction.invocation("r-1"), () -> log.logger().info("inside"));
      assertThat(log.lines()).hasSize(2).noneMatch(line -> line.has("leak"));
    }
  }

  @Nested
  class With {

    @Test
    void a_key_stands_until_it_is_closed_and_then_the_one_before() {
      try (Restore outer = Logs.with("item", 1)) {
        try (Restore inner = Logs.with("item", 2)) {
          assertThat(lineOf(() -> log.logger().info("x")).get("item").intValue()).isEqualTo(2);
        }
        assertThat(lineOf(() -> log.logger().info("x")).get("item").intValue()).isEqualTo(1);
      }
      assertThat(lineOf(() -> log.logger().info("x")).has("item")).isFalse();
    }

    @Test
    void keys_may_be_closed_in_any_order() {
      Restore a = Logs.with("a", 1);
      Restore b = Logs.with("b", 2);
      Restore c = Logs.with("c", 3);
      a.close();
      JsonNode line = lineOf(() -> log.logger().info("x"));
      assertThat(line.has("a")).isFalse();
      assertThat(line.get("b").intValue()).isEqualTo(2);
      c.close();
      b.close();
      b.close();
      line = lineOf(() -> log.logger().info("x"));
      assertThat(TestLog.names(line)).doesNotContain("a", "b", "c");
    }

    @Test
    void one_that_is_never_closed_is_not_seen_in_the_next_invocation() {
      TestFunction.run(
          TestFunction.invocation("r-1"),
          () -> {
            Restore forgotten = Logs.with("tenant", "acme");
            assertThat(forgotten).isNotNull();
          });
      TestFunction.run(TestFunction.invocation("r-2"), () -> log.logger().info("x"));
      log.logger().info("outside");
      assertThat(log.lines()).hasSize(2).noneMatch(line -> line.has("tenant"));
    }

    @Test
    void one_that_was_added_during_initialisation_is_not_seen_in_an_invocation() {
      try (Restore key = Logs.with("phase", "init")) {
        log.logger().info("init");
        TestFunction.run(TestFunction.invocation("r-1"), () -> log.logger().info("x"));
      }
      List<JsonNode> lines = log.lines();
      assertThat(lines.get(0).get("phase").textValue()).isEqualTo("init");
      assertThat(lines.get(1).has("phase")).isFalse();
    }

    @Test
    void it_is_seen_in_the_records_of_its_batch() {
      LiveInvocation batch = TestFunction.invocation("r-1");
      TestFunction.run(
          batch,
          () -> {
            try (Restore key = Logs.with("part", 1)) {
              TestFunction.run(batch.child().open(), () -> log.logger().info("x"));
            }
          });
      assertThat(log.line().get("part").intValue()).isEqualTo(1);
    }

    @Test
    void it_goes_along_over_a_thread_hop_and_other_threads_of_the_invocation_do_not_see_it() {
      ExecutorService pool = Executors.newSingleThreadExecutor();
      try {
        TestFunction.run(
            TestFunction.invocation("r-1"),
            () -> {
              Runnable without = Propagation.wrap(() -> log.logger().info("without"));
              try (Restore key = Logs.with("item", 1)) {
                await(pool.submit(Propagation.wrap(() -> log.logger().info("with"))));
                await(pool.submit(without));
              }
              await(pool.submit(() -> log.logger().info("plain")));
              return null;
            });
      } finally {
        pool.shutdownNow();
      }
      List<JsonNode> lines = log.lines();
      assertThat(lines.get(0).get("item").intValue()).isEqualTo(1);
      assertThat(lines.get(0).get("function_request_id").textValue()).isEqualTo("r-1");
      assertThat(lines.get(1).has("item")).isFalse();
      assertThat(lines.get(1).get("function_request_id").textValue()).isEqualTo("r-1");
      assertThat(lines.get(2).has("function_request_id")).isFalse();
    }
  }

  @Test
  void of_64_threads_with_alternating_invocations_nothing_of_one_is_seen_by_another()
      throws Exception {
    int invocations = 2_000;
    ExecutorService workers = Executors.newFixedThreadPool(64);
    ExecutorService shared = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < invocations; i++) {
        calls.add(invocation(i, shared));
      }
      for (Future<Object> future : workers.invokeAll(calls)) {
        await(future);
      }
    } finally {
      workers.shutdownNow();
      shared.shutdownNow();
    }
    List<JsonNode> lines = log.lines();
    assertThat(lines).hasSize(4 * invocations);
    for (JsonNode line : lines) {
      String id = line.get("message").textValue();
      assertThat(line.get("function_request_id").textValue()).isEqualTo(id);
      assertThat(line.get("correlation_id").textValue()).isEqualTo("c-" + id);
      assertThat(line.get("mine").textValue()).isEqualTo(id);
      assertThat(line.has("odd")).isEqualTo(Integer.parseInt(id) % 2 == 1);
    }
  }

  private Callable<Object> invocation(int i, ExecutorService shared) {
    return () -> {
      String id = String.valueOf(i);
      LiveInvocation invocation = TestFunction.invocation(id);
      invocation.attributes().put(CorrelationId.KEY, "c-" + id);
      TestFunction.run(
          invocation,
          () -> {
            Logs.put("mine", id);
            if (i % 2 == 1) {
              Restore neverClosed = Logs.with("odd", true);
              assertThat(neverClosed).isNotNull();
            }
            log.logger().info(id);
            log.logger().info("{}", id);
            await(shared.submit(Propagation.wrap(() -> log.logger().info(id))));
            log.logger().atInfo().log(id);
            return null;
          });
      assertThat(Scope.current()).isNull();
      return new Object();
    };
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
