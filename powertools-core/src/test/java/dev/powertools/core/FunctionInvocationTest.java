// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class FunctionInvocationTest {

  private final FunctionRuntime runtime = Fixtures.runtime().build();
  private final LiveInvocation invocation =
      LiveInvocation.under(runtime).context(Fixtures.context("r-1", 250)).open();

  @Test
  void says_what_the_platform_says() {
    assertThat(invocation.requestId()).isEqualTo("r-1");
    assertThat(invocation.workId()).isEqualTo("r-1");
    assertThat(invocation.remaining()).contains(Duration.ofMillis(250));
  }

  /** What a feature keeps. */
  private static final class Notes {

    private final LiveInvocation about;

    Notes(LiveInvocation about) {
      this.about = about;
    }
  }

  @Test
  void keeps_one_part_of_each_type_and_its_records_have_their_own() {
    Notes notes = invocation.part(Notes.class, Notes::new);
    assertThat(invocation.part(Notes.class, Notes::new)).isSameAs(notes);
    LiveInvocation record = invocation.child().open();
    assertThat(record.part(Notes.class, Notes::new).about).isSameAs(record);
    assertThat(invocation.part(String.class, i -> "other")).isEqualTo("other");
    assertThat(invocation.part(Notes.class, Notes::new).about).isSameAs(invocation);
  }

  @Test
  void has_never_less_than_no_time_left() {
    assertThat(LiveInvocation.under(runtime).context(Fixtures.context("r", -5)).open().remaining())
        .contains(Duration.ZERO);
  }

  @Test
  void a_record_shares_the_batchs_request_and_deadline_and_has_its_own_work_id() {
    LiveInvocation record = invocation.child().workId("m-1").open();

    assertThat(record.requestId()).isEqualTo("r-1");
    assertThat(record.remaining()).contains(Duration.ofMillis(250));
    assertThat(record.workId()).isEqualTo("m-1");
    assertThat(record.parent()).contains(invocation);
  }

  @Nested
  class Cold_start {

    @Test
    void is_the_first_invocation_of_a_runtime_only() {
      LiveInvocation second =
          LiveInvocation.under(runtime).context(Fixtures.context("r-2", 1)).open();

      assertThat(invocation.coldStart()).isTrue();
      assertThat(second.coldStart()).isFalse();
    }

    @Test
    void is_none_where_the_environment_was_initialised_ahead() {
      for (String type : List.of("snap-start", "provisioned-concurrency")) {
        FunctionRuntime ahead =
            Fixtures.runtime()
                .config(Config.of(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", type)))
                .build();
        assertThat(LiveInvocation.under(ahead).context(Fixtures.context("r", 1)).open().coldStart())
            .isFalse();
      }
    }
  }

  @Nested
  class The_end {

    private final List<String> told = new ArrayList<>();

    @Test
    void comes_after_the_hooks_before_the_response_and_tells_the_outcome() throws Throwable {
      invocation.beforeResponse(() -> told.add("before " + invocation.isOpen()));
      invocation.onEnd(outcome -> told.add(outcome.kind() + " " + invocation.isOpen()));

      Entry.run(invocation, Scope.of(invocation), () -> told.add("work"));

      assertThat(told).containsExactly("work", "before true", "DONE false");
    }

    @Test
    void of_a_failure_is_told_with_the_failure_and_the_hooks_run_all_the_same() {
      IllegalStateException failure = new IllegalStateException("no");
      invocation.beforeResponse(() -> told.add("before"));
      invocation.onEnd(outcome -> told.add(outcome.kind() + " " + outcome.failure()));

      assertThatThrownBy(
              () ->
                  Entry.run(
                      invocation,
                      Scope.of(invocation),
                      () -> {
                        throw failure;
                      }))
          .isSameAs(failure);
      assertThat(told).containsExactly("before", "RETRY_LATER " + failure);
    }

    @Test
    void is_reached_although_a_hook_throws() throws Throwable {
      invocation.beforeResponse(
          () -> {
            throw new IllegalStateException("hook");
          });
      invocation.onEnd(outcome -> told.add("end"));

      assertThat(Entry.run(invocation, Scope.of(invocation), () -> "result")).isEqualTo("result");
      assertThat(told).containsExactly("end");
    }

    @Test
    void closes_the_records_too_and_refuses_hooks_that_come_too_late() {
      LiveInvocation record = invocation.child().open();
      invocation.end(FinalOutcome.of(FinalOutcome.Kind.DONE));

      assertThat(record.isOpen()).isFalse();
      assertThatThrownBy(() -> record.onEnd(outcome -> {}))
          .isInstanceOf(InvocationClosedException.class)
          .hasMessageContaining("r-1");
    }
  }

  record Hit(String key) implements Signal {
    @Override
    public String name() {
      return "test.hit";
    }
  }

  @Test
  void signals_of_a_record_reach_the_listeners_of_record_batch_and_runtime() {
    List<String> heard = new ArrayList<>();
    FunctionRuntime listening =
        Fixtures.runtime().listener((s, i) -> heard.add("runtime " + i.workId())).build();
    LiveInvocation batch = LiveInvocation.under(listening).open();
    LiveInvocation record = batch.child().workId("m-1").open();
    batch.listen((s, i) -> heard.add("batch " + s.name()));
    record.listen(
        (s, i) -> {
          throw new AssertionError("a listener never breaks the function");
        });

    record.emit(new Hit("k"));

    assertThat(heard).containsExactly("batch test.hit", "runtime m-1");
  }

  @Test
  void a_pause_waits_by_the_runtimes_time() throws Exception {
    List<Duration> slept = new ArrayList<>();
    Timing noting =
        new Timing() {
          @Override
          public java.time.Instant now() {
            return java.time.Instant.EPOCH;
          }

          @Override
          public long nanoTime() {
            return 0;
          }

          @Override
          public void sleep(Duration duration) {
            slept.add(duration);
          }

          @Override
          public Cancellable schedule(Duration delay, Runnable task) {
            throw new AssertionError("nothing is planned here");
          }
        };

    LiveInvocation.under(Fixtures.runtime().timing(noting).build())
        .open()
        .pause(Duration.ofHours(1));

    assertThat(slept).containsExactly(Duration.ofHours(1));
  }

  @Nested
  class On_other_threads {

    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
      pool.shutdownNow();
      MDC.clear();
    }

    @Test
    void work_has_the_invocation_and_the_logging_context_and_leaves_nothing_behind()
        throws Exception {
      FutureTask<String> task =
          new FutureTask<>(
              () -> FunctionInvocation.current().orElseThrow().requestId() + MDC.get("k"));
      Fixtures.inside(
          invocation,
          () -> {
            MDC.put("k", "-v");
            Propagation.executor(pool).execute(task);
            return null;
          });

      assertThat(task.get()).isEqualTo("r-1-v");
      assertThat(pool.submit(() -> FunctionInvocation.current().isPresent()).get()).isFalse();
      assertThat(pool.submit(() -> MDC.get("k")).get()).isNull();
    }

    @Test
    void a_plain_executor_sees_no_invocation() {
      Object seen =
          Fixtures.inside(
              invocation, () -> pool.submit(() -> FunctionInvocation.current().isPresent()).get());

      assertThat(seen).isEqualTo(false);
    }

    @Test
    void work_that_starts_after_the_end_is_refused() {
      Object task = Fixtures.inside(invocation, () -> Propagation.wrap(() -> {}));
      invocation.end(FinalOutcome.of(FinalOutcome.Kind.DONE));

      assertThatThrownBy(((Runnable) task)::run)
          .isInstanceOf(InvocationClosedException.class)
          .hasMessageContaining("r-1");
    }

    @Test
    void a_carrier_that_throws_leaves_nothing_behind_either() throws Exception {
      invocation.carry(
          () ->
              () -> {
                throw new IllegalStateException("carrier");
              });
      Runnable task =
          (Runnable)
              Fixtures.inside(
                  invocation,
                  () -> {
                    MDC.put("tenant", "acme");
                    return Propagation.wrap(() -> {});
                  });

      assertThatThrownBy(() -> pool.submit(task).get()).hasRootCauseMessage("carrier");
      assertThat(pool.submit(() -> MDC.get("tenant")).get()).isNull();
    }

    @Test
    void what_a_record_leaves_on_the_thread_ends_with_the_record() {
      invocation.carry(dev.powertools.core.internal.MdcCarrier.INSTANCE);
      Fixtures.inside(
          invocation,
          () -> {
            try (Scope.Attached ignored = Scope.of(invocation.child().open()).attach()) {
              MDC.put("tenant", "acme");
            }
            assertThat(MDC.get("tenant")).isNull();
            return null;
          });
    }

    @Test
    void carriers_go_along_and_are_put_back() {
      List<String> seen = new ArrayList<>();
      invocation.carry(
          () ->
              () -> {
                seen.add("attach");
                return () -> seen.add("restore");
              });
      Object task = Fixtures.inside(invocation, () -> Propagation.wrap(() -> seen.add("work")));

      ((Runnable) task).run();

      assertThat(seen).containsExactly("attach", "work", "restore");
    }
  }
}
