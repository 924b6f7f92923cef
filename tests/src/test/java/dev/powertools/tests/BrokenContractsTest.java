// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.core.json.PayloadCodec;
import dev.powertools.core.json.TypedCodec;
import dev.powertools.core.json.UndecodablePayloadException;
import dev.powertools.testing.contract.InterceptorContract;
import dev.powertools.testing.contract.PayloadCodecContract;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;
import org.slf4j.MDC;

/** Each suite is red over each thing that can be broken. */
@Tag("heavy")
class BrokenContractsTest {

  /** The checks of a suite that fail. */
  private static List<String> red(Class<?> suite) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    try (LauncherSession session = LauncherFactory.openSession()) {
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request().selectors(selectClass(suite)).build(),
              listener);
    }
    TestExecutionSummary summary = listener.getSummary();
    assertThat(summary.getTestsSucceededCount()).as("checks that pass").isPositive();
    return summary.getFailures().stream()
        .map(Failure::getTestIdentifier)
        .map(test -> test.getDisplayName().replace("()", ""))
        .sorted()
        .toList();
  }

  @Nested
  class A_codec_that {

    @Test
    void keeps_the_contract_is_green() {
      assertThat(red(StandardPayloadCodecTest.class)).isEmpty();
    }

    @Test
    void guesses_is_red() {
      assertThat(red(Guessing.class))
          .contains("what_is_not_of_the_type_is_refused_and_never_guessed");
    }

    @Test
    void quotes_the_payload_is_red() {
      assertThat(red(Telling.class)).contains("a_refusal_tells_nothing_of_the_payload");
    }

    @Test
    void shares_a_buffer_is_red() {
      assertThat(red(Sharing.class)).contains("all_threads_may_use_it_at_once");
    }

    @Test
    void reads_the_whole_array_is_red() {
      assertThat(red(Greedy.class)).contains("only_the_part_of_the_array_that_it_is_given_is_read");
    }
  }

  /** The standard codec, with something broken. */
  private static class Broken implements TypedCodec<Object> {

    final TypedCodec<Object> right;

    @SuppressWarnings("unchecked") // the codec of a type takes the type's values
    Broken(Type type) {
      this.right = (TypedCodec<Object>) PayloadCodec.standard().forType(type);
    }

    @Override
    public Type type() {
      return right.type();
    }

    @Override
    public @Nullable Object read(byte[] json, int offset, int length) {
      return right.read(json, offset, length);
    }

    @Override
    public void write(@Nullable Object value, JsonWriter out) {
      right.write(value, out);
    }
  }

  static class Guessing extends PayloadCodecContract {
    @Override
    protected PayloadCodec codec() {
      return type ->
          new Broken(type) {
            @Override
            public @Nullable Object read(byte[] json, int offset, int length) {
              String text = new String(json, offset, length, UTF_8);
              byte[] mended = text.replace("\"amount\":\"1\"", "\"amount\":1").getBytes(UTF_8);
              return right.read(mended);
            }
          };
    }
  }

  static class Telling extends PayloadCodecContract {
    @Override
    protected PayloadCodec codec() {
      return type ->
          new Broken(type) {
            @Override
            public @Nullable Object read(byte[] json, int offset, int length) {
              try {
                return right.read(json, offset, length);
              } catch (UndecodablePayloadException e) {
                String found = new String(json, offset, length, UTF_8);
                throw new UndecodablePayloadException(e.pointer(), e.expected(), found, e);
              }
            }
          };
    }
  }

  static class Greedy extends PayloadCodecContract {
    @Override
    protected PayloadCodec codec() {
      return type ->
          new Broken(type) {
            @Override
            public @Nullable Object read(byte[] json, int offset, int length) {
              return right.read(json);
            }
          };
    }
  }

  static class Sharing extends PayloadCodecContract {
    @Override
    protected PayloadCodec codec() {
      AtomicReference<String> last = new AtomicReference<>("");
      return type ->
          new Broken(type) {
            @Override
            public @Nullable Object read(byte[] json, int offset, int length) {
              String own = new String(json, offset, length, UTF_8);
              last.set(own);
              for (int i = 0; i < 100_000 && last.get().equals(own); i++) {
                Thread.onSpinWait(); // until another thread has come
              }
              return right.read(last.get().getBytes(UTF_8));
            }
          };
    }
  }

  @Nested
  class An_interceptor_that {

    @Test
    void keeps_the_contract_is_green() {
      assertThat(red(AuditedContractTest.class)).isEmpty();
    }

    @Test
    void proceeds_twice_is_red() {
      assertThat(red(Twice.class)).contains("a_call_passes_as_often_as_declared");
    }

    @Test
    void proceeds_again_after_a_failure_is_red() {
      assertThat(red(Retrying.class))
          .containsExactly("the_users_exception_reaches_the_caller_unchanged");
    }

    @Test
    void wraps_the_exception_is_red() {
      assertThat(red(Wrapping.class)).contains("the_users_exception_reaches_the_caller_unchanged");
    }

    @Test
    void swallows_the_exception_is_red() {
      assertThat(red(Swallowing.class))
          .contains("the_users_exception_reaches_the_caller_unchanged");
    }

    @Test
    void forgets_the_result_is_red() {
      assertThat(red(Forgetting.class)).contains("the_result_is_the_bodys");
    }

    @Test
    void chokes_on_null_is_red() {
      assertThat(red(Choking.class)).containsExactly("a_result_of_null_is_a_result");
    }

    @Test
    void passes_other_arguments_is_red() {
      assertThat(red(Replacing.class)).contains("the_arguments_reach_the_body");
    }

    @Test
    void keeps_the_call_in_a_field_is_red() {
      assertThat(red(Keeping.class)).contains("nothing_of_a_call_is_kept");
    }

    @Test
    void takes_concurrent_calls_for_nested_ones_is_red() {
      assertThat(red(Solitary.class)).containsExactly("concurrent_calls_do_not_meet");
    }

    @Test
    void holds_a_call_on_the_thread_is_red() {
      assertThat(red(Threading.class)).containsExactly("nothing_of_a_call_is_kept");
    }

    @Test
    void leaves_its_mdc_behind_after_a_failure_is_red() {
      assertThat(red(Littering.class)).contains("nothing_of_a_call_stays_on_the_thread");
    }

    @Test
    void needs_a_context_is_red() {
      assertThat(red(Presuming.class)).contains("a_call_passes_as_often_as_declared");
    }
  }

  /** Makes the link that a suite names. */
  @Intercepted(by = Factory.class, phase = Phase.METRIC)
  @Retention(RetentionPolicy.RUNTIME)
  @interface By {
    Class<? extends Interceptor> value();
  }

  static final class Factory implements InterceptorFactory<By> {
    @Override
    public Interceptor create(By annotation, JoinPoint place, FunctionRuntime runtime) {
      try {
        return annotation.value().getDeclaredConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private abstract static class Suite extends InterceptorContract {
    @Override
    protected Class<?> bearer() {
      return getClass();
    }
  }

  static class Twice extends Suite {
    @By(TwiceLink.class)
    void link() {}
  }

  static final class TwiceLink implements Interceptor {
    @Override
    public @Nullable Object intercept(Invocation call) throws Throwable {
      call.proceed();
      return call.proceed();
    }
  }

  static class Retrying extends Suite {
    @By(RetryingLink.class)
    void link() {}
  }

  static final class RetryingLink implements Interceptor {
    @Override
    public @Nullable Object intercept(Invocation call) throws Throwable {
      try {
        return call.proceed();
      } catch (Exception e) {
        return call.proceed();
      }
    }
  }

  static class Wrapping extends Suite {
    @By(WrappingLink.class)
    void link() {}
  }

  static final class WrappingLink implements Interceptor {
    @Override
    public @Nullable Object intercept(Invocation call) {
      try {
        return call.proceed();
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static class Swallowing extends Suite {
    @By(SwallowingLink.class)
    void link() {}
  }

  static final class SwallowingLink implements Interceptor {
    @Override
    public @Nullable Object intercept(Invocation call) {
      try {
        return call.proceed();
      } catch (Throwable e) {
        return null;
      }
    }
  }

  static class Forgetting extends Suite {
    @By(ForgettingLink.class)
    void link() {}
  }

  static final class ForgettingLink implements Interceptor {
    @Override
    public @Nullable Object intercept(Invocation call) throws Throwable {
      call.proceed();
      return null;
    }
  }

  static class Choking extends Suite {
    @By(ChokingLink.class)
    void link() {}
  }

  static final class ChokingLink implements Interceptor {
    @Override
    public Object intercept(Invocation call) throws Throwable {
      return Objects.requireNonNull(call.proceed());
    }
  }

  static class Replacing extends Suite {
    @By(ReplacingLink.class)
    void link() {}
  }

  static final class ReplacingLink implements Interceptor {
    @Override
    public @Nullable Object intercept(Invocation call) throws Throwable {
      @Nullable Object[] arguments = call.arguments();
      arguments[0] = "other";
      return call.proceed(arguments);
    }
  }

  static class Keeping extends Suite {
    @By(KeepingLink.class)
    void link() {}
  }

  static final class KeepingLink implements Interceptor {
    private volatile @Nullable Object last;

    @Override
    public @Nullable Object intercept(Invocation call) throws Throwable {
      last = call.proceed();
      return last;
    }
  }

  static class Solitary extends Suite {
    @By(SolitaryLink.class)
    void link() {}
  }

  static final class SolitaryLink implements Interceptor {
    private final AtomicBoolean running = new AtomicBoolean();

    @Override
    public @Nullable Object intercept(Invocation call) throws Throwable {
      if (running.getAndSet(true)) {
        throw new IllegalStateException("calls itself");
      }
      try {
        return call.proceed();
      } finally {
        running.set(false);
      }
    }
  }

  static class Threading extends Suite {
    @By(ThreadingLink.class)
    void link() {}
  }

  static final class ThreadingLink implements Interceptor {
    private static final ThreadLocal<@Nullable Object> LAST = new ThreadLocal<>();

    @Override
    public @Nullable Object intercept(Invocation call) throws Throwable {
      Object result = call.proceed();
      LAST.set(result);
      return result;
    }
  }

  static class Littering extends Suite {
    @By(LitteringLink.class)
    void link() {}
  }

  static final class LitteringLink implements Interceptor {
    @Override
    public @Nullable Object intercept(Invocation call) throws Throwable {
      MDC.put("tenant", "acme");
      Object result = call.proceed();
      MDC.remove("tenant");
      return result;
    }
  }

  static class Presuming extends Suite {
    @By(PresumingLink.class)
    void link() {}
  }

  static final class PresumingLink implements Interceptor {
    @Override
    public @Nullable Object intercept(Invocation call) throws Throwable {
      if (call.function().context().isEmpty()) {
        throw new IllegalStateException("no context");
      }
      return call.proceed();
    }
  }
}
