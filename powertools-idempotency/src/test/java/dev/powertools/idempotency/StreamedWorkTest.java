// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Entry;
import dev.powertools.idempotency.spi.IdempotencyStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Handlers that read and write streams. */
class StreamedWorkTest {

  private final Function function = new Function();
  private final Choices choices = new Choices();
  private byte[] output = {1, -1, 0, 'x'};
  private @Nullable IOException failure;

  private byte[] handle(String event) throws Throwable {
    return handle(event, function.runtime);
  }

  private byte[] handle(String event, FunctionRuntime runtime) throws Throwable {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Entry.open(
        runtime,
        Function.linkEntry(choices, "streams", runtime),
        choices,
        choices,
        new @Nullable Object[] {
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
          out,
          new TestContext("request", Function.MILLIS_LEFT)
        },
        (target, arguments) -> work((InputStream) arguments[0], (OutputStream) arguments[1]));
    return out.toByteArray();
  }

  private @Nullable Object work(@Nullable InputStream in, @Nullable OutputStream out)
      throws IOException {
    if (in == null || out == null) {
      throw new IllegalStateException("no streams");
    }
    choices.bodies.incrementAndGet();
    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("{\"body\"");
    out.write(output[0]);
    out.write(output, 1, output.length - 1);
    if (failure != null) {
      throw failure;
    }
    return null;
  }

  private static String event(String id) {
    return "{\"body\":{\"id\":\"" + id + "\"}}";
  }

  @Test
  void replay_what_they_wrote_byte_for_byte() throws Throwable {
    byte[] first = handle(event("a"));
    output = new byte[] {9};

    assertThat(handle(event("a"))).isEqualTo(first).containsExactly(1, -1, 0, 'x');
    assertThat(choices.bodies).hasValue(1);
    assertThat(handle(event("b"))).containsExactly(9);
  }

  @Test
  void replay_no_output_as_none() throws Throwable {
    output = new byte[] {1};
    handle(event("a"));

    assertThat(handle(event("a"))).containsExactly(1);
  }

  @Test
  void that_fail_can_be_tried_again() throws Throwable {
    failure = new IOException("gateway down");
    assertThatThrownBy(() -> handle(event("a"))).isSameAs(failure);
    failure = null;

    assertThat(handle(event("a"))).hasSize(4);
    assertThat(choices.bodies).hasValue(2);
  }

  @Test
  void whose_output_is_larger_than_the_store_takes_count_as_done() throws Throwable {
    function.store.limitData(3);
    assertThat(handle(event("a"))).hasSize(4);

    assertThatThrownBy(() -> handle(event("a"))).isInstanceOf(ResultNotKeptException.class);
    assertThat(choices.bodies).hasValue(1);
  }

  @Test
  void get_bytes_from_a_fallback_or_an_error_that_says_so() throws Throwable {
    function.store.limitData(3);
    handle(event("a"));
    Object[] given = {"text", new byte[] {7}};
    FunctionRuntime[] runtimes = new FunctionRuntime[given.length];
    for (int i = 0; i < given.length; i++) {
      Object result = given[i];
      runtimes[i] =
          function
              .builder(Map.of())
              .part(IdempotencyStore.class, function.store)
              .part(
                  IdempotencyOptions.class,
                  IdempotencyOptions.builder().fallback((why, arguments) -> result).build())
              .build();
    }

    assertThatThrownBy(() -> handle(event("a"), runtimes[0]))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("gave a java.lang.String")
        .hasMessageContaining("Return a byte[]");
    assertThat(handle(event("a"), runtimes[1])).containsExactly(7);
    assertThat(choices.bodies).hasValue(1);
  }

  @Test
  void without_a_key_are_refused() {
    assertThatThrownBy(() -> handle("{\"body\":{}}"))
        .isInstanceOf(IdempotencyKeyException.class)
        .hasMessageContaining("\"/body/id\" of argument 0 is missing");
    assertThat(choices.bodies).hasValue(0);
  }

  @Test
  void of_a_whole_batch_are_refused_when_it_comes() {
    assertThatThrownBy(
            () -> handle("{\"Records\":[{\"eventSource\":\"aws:sqs\"}],\"body\":{\"id\":\"a\"}}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("aws:sqs");
    assertThat(choices.bodies).hasValue(0);
  }
}
