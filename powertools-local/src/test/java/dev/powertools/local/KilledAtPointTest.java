// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a forked function, exactly at a named point. */
class KilledAtPointTest {
  private static final byte[] EVENT = "{\"order\":\"o-1\"}".getBytes(UTF_8);

  @TempDir private Path directory;
  private Path ledger = Path.of("");
  private ForkedFunction fork;

  /** Charges, writes that down first and last, and looks up what it did before. */
  public static final class Charging implements RequestHandler<Map<String, Object>, String> {
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
      Path ledger = Path.of(Config.environment().variable("LEDGER").orElseThrow());
      if (read(ledger).contains("charged")) {
        return "replayed";
      }
      write(ledger, "charged");
      Points.reach("charged");
      write(ledger, "receipt");
      return "done";
    }

    private static void write(Path ledger, String line) {
      try {
        Files.writeString(
            ledger, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<String> read(Path ledger) {
    try {
      return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    ledger = directory.resolve("ledger");
    fork =
        LocalFunction.fork(
            FunctionOptions.builder(Charging.class.getName())
                .environment(Map.of("LEDGER", ledger.toString()))
                .timeout(Duration.ofMinutes(1))
                .build());
  }

  @AfterEach
  void close() {
    fork.close();
  }

  @Test
  void it_dies_there_and_the_redelivery_finds_what_it_did() throws IOException {
    for (int round = 0; round < rounds(); round++) {
      Files.deleteIfExists(ledger);
      fork.killAt("charged");

      InvocationResult killed = fork.invoke(EVENT);
      assertThat(killed.error())
          .hasValueSatisfying(
              error -> {
                assertThat(error.type()).isEqualTo(FunctionError.EXITED);
                assertThat(error.message()).endsWith("signal: killed");
              });
      assertThat(read(ledger)).containsExactly("charged");

      InvocationResult redelivered = fork.invoke(EVENT);
      assertThat(redelivered.text()).isEqualTo("\"replayed\"");
      assertThat(redelivered.coldStart()).isTrue();
      assertThat(read(ledger)).containsExactly("charged");
    }
  }

  /** Twenty in the ordinary build; {@code -Dchaos.rounds=200} for a long run. */
  private static int rounds() {
    return Integer.getInteger("chaos.rounds", 20);
  }

  @Test
  void only_the_named_occurrence_is_killed() throws IOException {
    fork.killAt("charged", 2);

    assertThat(fork.invoke(EVENT).text()).isEqualTo("\"done\"");
    Files.delete(ledger);
    assertThat(fork.invoke(EVENT).error()).isPresent();
    Files.delete(ledger);
    assertThat(fork.invoke(EVENT).text()).isEqualTo("\"done\"");
  }

  @Test
  void other_points_are_passed() {
    fork.killAt("refunded");

    assertThat(fork.invoke(EVENT).text()).isEqualTo("\"done\"");
  }

  @Test
  void a_process_that_ran_before_is_watched_too() throws IOException {
    assertThat(fork.invoke(EVENT).text()).isEqualTo("\"done\"");
    Files.delete(ledger);

    fork.killAt("charged");

    assertThat(fork.invoke(EVENT).error()).isPresent();
  }

  @Test
  void held_it_stands_there_until_released() throws Exception {
    PointHold hold = fork.holdAt("charged");
    CompletableFuture<InvocationResult> held =
        CompletableFuture.supplyAsync(() -> fork.invoke(EVENT));
    hold.await();

    assertThat(read(ledger)).containsExactly("charged");
    assertThat(held).isNotDone();
    hold.release();

    assertThat(held.get().text()).isEqualTo("\"done\"");
  }

  @Test
  void held_it_can_be_killed_when_another_delivery_overtook_it() throws Exception {
    PointHold hold = fork.holdAt("charged");
    CompletableFuture<InvocationResult> held =
        CompletableFuture.supplyAsync(() -> fork.invoke(EVENT));
    hold.await();

    assertThat(fork.invoke(EVENT).text()).isEqualTo("\"replayed\"");
    hold.kill();

    assertThat(held.get().error())
        .hasValueSatisfying(error -> assertThat(error.message()).endsWith("signal: killed"));
    assertThat(read(ledger)).containsExactly("charged");
  }

  @Test
  void a_point_without_a_name_is_refused() {
    assertThatThrownBy(() -> fork.killAt(" ")).hasMessageContaining("point");
    assertThatThrownBy(() -> fork.killAt("charged", 0)).hasMessageContaining("occurrence");
  }
}
