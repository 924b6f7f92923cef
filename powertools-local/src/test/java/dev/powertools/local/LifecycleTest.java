// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.Timing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final byte[] EVENT = "\"a\"".getBytes(UTF_8);

  private static InProcessFunction function(Class<?> handler) {
    return LocalFunction.inProcess(FunctionOptions.of(handler.getName()));
  }

  @Nested
  class Many_invocations_of_one_object {

    /** Returns when all of them are here, so they do run at once. */
    public static final class Meeting implements RequestHandler<String, String> {
      private static final int SIZE = 8;
      private final CyclicBarrier all = new CyclicBarrier(SIZE);

      @Override
      public String handleRequest(String event, Context context) {
        try {
          all.await();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
        return event + System.identityHashCode(this);
      }
    }

    /** Keeps the last event, as one must not. */
    public static final class Careless implements RequestHandler<String, String> {
      private final Map<String, Integer> seen = new HashMap<>();
      private final String name = "careless";
      private String last = "";

      @Override
      public synchronized String handleRequest(String event, Context context) {
        last = event;
        seen.merge(event, 1, Integer::sum);
        return name + last + context.getXrayTraceId();
      }
    }

    @Test
    void run_at_once() {
      try (InProcessFunction meeting = function(Meeting.class)) {
        ConcurrentRun run = meeting.concurrently(Collections.nCopies(Meeting.SIZE, EVENT));

        assertThat(run.results())
            .hasSize(Meeting.SIZE)
            .allSatisfy(result -> assertThat(result.error()).isEmpty())
            .extracting(InvocationResult::text)
            .containsOnly(run.results().get(0).text());
        assertThat(run.results()).extracting(InvocationResult::requestId).doesNotHaveDuplicates();
        assertThat(run.sharedWrites()).isEmpty();
      }
    }

    @Test
    void are_told_of_the_fields_that_they_share() {
      try (InProcessFunction careless = function(Careless.class)) {
        ConcurrentRun run = careless.concurrently(Collections.nCopies(4, EVENT));

        assertThat(run.sharedWrites())
            .containsExactlyInAnyOrder(
                "LifecycleTest.Many_invocations_of_one_object.Careless.last",
                "LifecycleTest.Many_invocations_of_one_object.Careless.seen");
        assertThat(run.results())
            .allSatisfy(result -> assertThat(result.text()).contains("Root=1-"));
      }
    }

    @Test
    void need_an_event_each() {
      try (InProcessFunction careless = function(Careless.class)) {
        assertThatThrownBy(() -> careless.concurrently(List.of()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("events");
      }
    }
  }

  @Nested
  class Restored_from_a_snapshot {
    private final VirtualClock clock = VirtualClock.start();
    private final List<String> hooks = new ArrayList<>();

    /** Keeps what one should not, and has a hook. */
    final class Snapped implements RequestHandler<String, String>, Resource {
      private final Random dice = new Random(7);
      private final SecureRandom secure = new SecureRandom();
      private final UUID node = UUID.fromString("00000000-0000-0000-0000-000000000001");
      private final Instant started = clock.now();
      private final String name;
      private final @Nullable Snapped inner;

      Snapped(String name, @Nullable Snapped inner) {
        this.name = name;
        this.inner = inner;
        Core.getGlobalContext().register(this);
      }

      @Override
      public void beforeCheckpoint(
          com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
        hooks.add(name + " frozen at " + clock.now());
      }

      @Override
      public void afterRestore(
          com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
        hooks.add(name + " restored at " + clock.now());
      }

      @Override
      public String handleRequest(String event, Context context) {
        return "" + dice.nextInt() + secure.nextInt() + (inner == null) + node + started;
      }
    }

    private InProcessFunction snapped(Timing timing) {
      return LocalFunction.inProcess(
          FunctionOptions.of(Snapped.class.getName()),
          InProcessOptions.builder()
              .timing(timing)
              .instance(() -> new Snapped("outer", new Snapped("inner", null)))
              .build());
    }

    @Test
    void its_hooks_run_around_the_time_it_lay_frozen() {
      try (InProcessFunction function = snapped(clock);
          InProcessFunction other = snapped(clock)) {
        other.invoke(EVENT);

        function.restore(Duration.ofDays(3));

        assertThat(hooks)
            .containsExactly(
                "outer frozen at 2026-01-01T00:00:00Z",
                "inner frozen at 2026-01-01T00:00:00Z",
                "inner restored at 2026-01-04T00:00:00Z",
                "outer restored at 2026-01-04T00:00:00Z");
        assertThat(function.invoke(EVENT).error()).isEmpty();
      }
    }

    @Test
    void what_it_captured_is_listed() {
      try (InProcessFunction function = snapped(clock)) {
        String type = "LifecycleTest.Restored_from_a_snapshot.Snapped.";

        assertThat(function.restore(Duration.ofDays(3)).captured())
            .containsExactly(
                type + "dice: a seeded Random",
                type + "node: an id, 00000000-0000-0000-0000-000000000001",
                type + "started: a moment, 2026-01-01T00:00:00Z");
      }
    }

    @Test
    void the_next_invocation_runs_on_the_restored_object() {
      List<Snapped> made = new ArrayList<>();
      try (InProcessFunction function =
          LocalFunction.inProcess(
              FunctionOptions.of(Snapped.class.getName()),
              InProcessOptions.builder()
                  .timing(clock)
                  .instance(
                      () -> {
                        made.add(new Snapped("it", null));
                        return made.get(made.size() - 1);
                      })
                  .build())) {
        function.invoke(EVENT);
        function.restore(Duration.ofHours(1));
        function.invoke(EVENT);

        assertThat(made).hasSize(2);
      }
    }
  }
}
