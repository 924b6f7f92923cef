// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.Fixtures;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The classes in here are what the weaver makes of a user's class, written by hand. */
class SiteTest {

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final FunctionRuntime runtime = recordingIn(lines);

  private static FunctionRuntime recordingIn(List<String> lines) {
    return Fixtures.runtime().part(Marked.Journal.class, () -> lines).build();
  }

  static class Orders implements Woven {
    private static final Site CHARGE =
        Site.of(
            Orders.class,
            "charge",
            MethodType.methodType(int.class, int.class),
            (target, args) -> ((Orders) cast(target)).chargeBody((Integer) cast(args[0])));
    private static final Site FAIL =
        Site.of(
            Orders.class,
            "fail",
            MethodType.methodType(void.class),
            (target, args) -> {
              Orders.failBody();
              return null;
            });

    @Marked
    int charge(int cents) throws Throwable {
      return (Integer) cast(CHARGE.invoke(this, new Object[] {cents}));
    }

    int chargeBody(int cents) {
      return cents + 1;
    }

    @Marked
    static void fail() throws Throwable {
      FAIL.invoke(null, new Object[0]);
    }

    static void failBody() throws IOException {
      throw new IOException("checked, and undeclared by the chain");
    }
  }

  static class Handler implements RequestHandler<String, String>, Woven {
    private static final Site SITE =
        Site.entry(
            Handler.class,
            "handleRequest",
            MethodType.methodType(String.class, String.class, Context.class),
            (target, args) ->
                ((Handler) cast(target)).body((String) cast(args[0]), (Context) cast(args[1])));

    @Override
    public String handleRequest(String event, Context context) {
      return (String) cast(invoke(SITE, this, event, context));
    }

    String body(String event, @Nullable Context context) {
      return event + "/" + FunctionInvocation.current().orElseThrow().requestId();
    }
  }

  @Marked("type")
  static class Annotated extends Handler {}

  @Marked("nearer")
  static class Overriding extends Annotated {
    private static final Site SITE =
        Site.entry(
            Overriding.class,
            "handleRequest",
            MethodType.methodType(String.class, String.class, Context.class),
            (target, args) ->
                ((Overriding) cast(target))
                    .overridden((String) cast(args[0]), (Context) cast(args[1])));

    @Override
    public String handleRequest(String event, Context context) {
      return (String) cast(invoke(SITE, this, event, context));
    }

    String overridden(String event, Context context) {
      return "over " + super.handleRequest(event, context);
    }
  }

  static class Delegating extends Handler {
    private final Handler other = new Annotated();

    @Override
    String body(String event, @Nullable Context context) {
      return other.handleRequest(event, Fixtures.context("inner", 1));
    }
  }

  private static @Nullable Object invoke(Site site, Object target, @Nullable Object... args) {
    try {
      return site.invoke(target, args);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private static <T> T cast(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("null");
    }
    return value;
  }

  @Nested
  class An_annotated_method {

    @Test
    void goes_through_its_link_and_opens_a_unit_of_work_where_there_is_none() {
      Object result = Fixtures.under(runtime, () -> new Orders().charge(41));

      assertThat(result).isEqualTo(42);
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0)).startsWith("marked>ad-hoc-");
      assertThat(lines.get(1)).isEqualTo("<marked");
    }

    @Test
    void goes_straight_to_its_body_if_its_link_is_switched_off() {
      FunctionRuntime off =
          runtime.toBuilder().config(Config.of(Map.of("MARKED_OFF", "1"))).build();

      assertThat(Fixtures.under(off, () -> new Orders().charge(41))).isEqualTo(42);
      assertThat(lines).isEmpty();
    }

    @Test
    void passes_a_checked_exception_on_unchanged() {
      assertThatThrownBy(() -> dev.powertools.core.internal.Scope.of(runtime).call(failing()))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("checked, and undeclared by the chain");
      assertThat(lines).last().isEqualTo("<marked");
    }

    private static dev.powertools.core.internal.Call failing() {
      return () -> {
        Orders.fail();
        return null;
      };
    }

    @Test
    void leaves_nothing_in_force_behind() {
      Fixtures.under(runtime, () -> new Orders().charge(1));

      assertThat(FunctionInvocation.current()).isEmpty();
    }
  }

  @Nested
  class An_entry_method {

    @Test
    void opens_the_invocation_of_the_platform() {
      Object result =
          Fixtures.under(
              runtime, () -> new Handler().handleRequest("e", Fixtures.context("r-1", 5)));

      assertThat(result).isEqualTo("e/r-1");
    }

    @Test
    void applies_the_annotations_of_the_receivers_type() {
      Fixtures.under(runtime, () -> new Annotated().handleRequest("e", Fixtures.context("r", 5)));

      assertThat(lines).containsExactly("type>r", "<type");
    }

    @Test
    void applies_the_nearest_annotation_once_when_it_calls_its_super_method() {
      Object result =
          Fixtures.under(
              runtime, () -> new Overriding().handleRequest("e", Fixtures.context("r", 5)));

      assertThat(result).isEqualTo("over e/r");
      assertThat(lines).containsExactly("nearer>r", "<nearer");
    }

    @Test
    void keeps_the_invocation_and_applies_its_type_when_another_handler_delegates_to_it() {
      Object result =
          Fixtures.under(
              runtime, () -> new Delegating().handleRequest("e", Fixtures.context("outer", 5)));

      assertThat(result).isEqualTo("e/outer");
      assertThat(lines).containsExactly("type>outer", "<type");
    }
  }

  static class Sums {
    private static final Site SITE =
        Site.of(
            Sums.class,
            "sum",
            MethodType.methodType(int.class, int.class, int.class),
            (target, args) -> (Integer) cast(args[0]) + (Integer) cast(args[1]));

    @Doubled
    static int sum(int a, int b) throws Throwable {
      return (Integer) cast(SITE.invoke(null, new Object[] {a, b}));
    }
  }

  @Test
  void a_link_may_change_arguments_and_run_the_rest_twice_on_another_thread() {
    assertThat(Fixtures.under(runtime, () -> Sums.sum(10, 1))).isEqualTo(42);
  }

  @Test
  void a_thousand_calls_in_each_of_64_runtimes_on_16_threads_stay_apart() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(16);
    List<Future<Integer>> counts = new ArrayList<>();
    for (int task = 0; task < 64; task++) {
      counts.add(pool.submit(callsOfOneRuntime()));
    }
    for (Future<Integer> count : counts) {
      assertThat(count.get()).isEqualTo(2 * 1000);
    }
    pool.shutdown();
  }

  private static Callable<Integer> callsOfOneRuntime() {
    return () -> {
      List<String> own = new ArrayList<>();
      FunctionRuntime mine = recordingIn(own);
      for (int i = 0; i < 1000; i++) {
        Fixtures.under(mine, () -> new Orders().charge(1));
      }
      return own.size();
    };
  }
}
