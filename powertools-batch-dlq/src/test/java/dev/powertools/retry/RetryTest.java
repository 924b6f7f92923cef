// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The annotation, as a link of a method's chain. */
class RetryTest {

  /** Methods with the annotation; nobody calls them. */
  static class Methods {

    @Retry(jitter = Jitter.NONE)
    String usual() {
      return "";
    }

    @Retry(attempts = 4, base = "10ms", multiplier = 3, max = "20ms", jitter = Jitter.NONE)
    String chosen() {
      return "";
    }

    @Retry(attempts = 1)
    void once() {}

    @Retry(attempts = 0)
    void noAttempt() {}

    @Retry(attempts = 101)
    void tooMany() {}

    @Retry(base = "soon")
    void unreadableBase() {}

    @Retry(base = "")
    void emptyBase() {}

    @Retry(base = "PT0.0001S")
    void tooShort() {}

    @Retry(multiplier = 0.5)
    void shrinking() {}

    @Retry(multiplier = Double.NaN)
    void notANumber() {}

    @Retry(base = "3s", max = "2s")
    void crossed() {}

    @Retry(max = "16m")
    void endless() {}

    @Retry(estimate = "0ms")
    void noEstimate() {}

    @Retry
    CompletionStage<String> stage() {
      return CompletableFuture.completedStage("");
    }

    @Retry
    Future<String> future() {
      return CompletableFuture.completedFuture("");
    }

    @Retry
    void in(InputStream in) {}

    @Retry
    void out(String text, OutputStream out) {}
  }

  private final Units units = new Units();
  private final FunctionRuntime runtime = units.runtime();

  private Chain chain(String name) {
    Method method =
        Arrays.stream(Methods.class.getDeclaredMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    return Links.of(JoinPoints.method(method, false), runtime)
        .annotations(List.of(method.getAnnotations()))
        .chain();
  }

  private void fail(Chain chain, AtomicInteger calls) {
    Units.in(
        units.invocation(runtime, Duration.ofMinutes(1)),
        () ->
            chain.call(
                units.invocation(runtime, Duration.ofMinutes(1)),
                null,
                new Object[0],
                (target, arguments) -> {
                  if (calls.incrementAndGet() < 3) {
                    throw new IOException();
                  }
                  return "done";
                }));
  }

  @Test
  void the_defaults_are_three_attempts_after_100_and_200_ms() {
    AtomicInteger calls = new AtomicInteger();

    fail(chain("usual"), calls);

    assertThat(calls).hasValue(3);
    assertThat(units.clock.passed()).isEqualTo(Duration.ofMillis(300));
    assertThat(units.signals)
        .contains(new RetrySignal.Recovered("dev.powertools.retry.RetryTest$Methods.usual()", 3));
  }

  @Test
  void values_are_what_the_annotation_says() {
    AtomicInteger calls = new AtomicInteger();

    fail(chain("chosen"), calls);

    assertThat(units.clock.passed()).isEqualTo(Duration.ofMillis(10 + 20));
  }

  @Test
  void one_attempt_needs_no_link() {
    assertThat(chain("once").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          noAttempt      | attempts = 0: expected a number from 1 to 100
          tooMany        | attempts = 101: expected a number from 1 to 100
          unreadableBase | base: "soon" is not a length of time
          emptyBase      | base: "" must be longer than zero
          tooShort       | base = PT0.0001S: expected 1 ms at least
          shrinking      | multiplier = 0.5: expected 1 at least
          notANumber     | multiplier = NaN: expected 1 at least
          crossed        | max = PT2S: expected the base of PT3S at least
          endless        | max = PT16M: expected the base of PT0.1S at least and 15 min at most
          noEstimate     | estimate: "0ms" must be longer than zero
          """)
  void values_out_of_range_are_refused(String method, String problem) {
    assertThatThrownBy(() -> chain(method))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Methods." + method + "(): @Retry: " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage", "future"})
  void methods_that_return_before_their_work_is_done_are_refused(String method) {
    assertThatThrownBy(() -> chain(method))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Retries.of(...)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"in", "out"})
  void methods_that_use_up_a_stream_are_refused(String method) {
    assertThatThrownBy(() -> chain(method))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("uses up the stream");
  }
}
