// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.PowertoolsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ForkedFunctionTest extends LocalFunctionContract {
  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

  @Override
  LocalFunction start(FunctionOptions options) {
    return fork(options);
  }

  private ForkedFunction fork(FunctionOptions options) {
    return LocalFunction.fork(options, ForkOptions.builder().output(output::add).build());
  }

  /** Waits for the line in which the function says that it hangs; other lines may come before. */
  private long pidOfHanging() throws InterruptedException {
    String start = "hanging in ";
    String line = output.poll(20, TimeUnit.SECONDS);
    while (line != null && !line.startsWith(start)) {
      line = output.poll(20, TimeUnit.SECONDS);
    }
    assertThat(line).as("the function hangs").isNotNull();
    return Long.parseLong(line.substring(start.length()));
  }

  @Test
  void the_functions_variables_reach_it_and_this_processs_do_not() {
    LocalFunction function =
        started(
            fork(
                FunctionOptions.builder(Handlers.Facts.class.getName())
                    .environment(stage("test"))
                    .build()));

    assertThat(function.invoke(EMPTY).text()).contains("\"stage\":\"test\"");
  }

  @Test
  void an_exit_is_lambdas_exit_error_and_the_next_call_is_cold() {
    LocalFunction function = function(Handlers.Exiting.class);

    InvocationResult exit = function.invoke("{\"exit\":1}".getBytes(UTF_8));
    InvocationResult next = function.invoke(EMPTY);

    assertThat(exit.text())
        .isEqualTo(
            "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: "
                + exit.requestId()
                + " Error: Runtime exited with error: exit status 3\"}");
    assertThat(next.text()).isEqualTo("\"fine\"");
    assertThat(next.coldStart()).isTrue();
  }

  @Test
  void a_kill_in_the_middle_is_an_exit_error_and_the_next_call_is_cold() throws Exception {
    ForkedFunction function =
        started(
            fork(
                FunctionOptions.builder(Handlers.Hanging.class.getName())
                    .timeout(Duration.ofSeconds(30))
                    .build()));

    CompletableFuture<InvocationResult> running =
        CompletableFuture.supplyAsync(() -> function.invoke("{\"hang\":1}".getBytes(UTF_8)));
    assertThat(pidOfHanging()).isPositive();
    function.kill();

    assertThat(running.get(20, TimeUnit.SECONDS).error())
        .hasValueSatisfying(
            error -> {
              assertThat(error.type()).isEqualTo("Runtime.ExitError");
              assertThat(error.message()).endsWith("signal: killed");
            });
    assertThat(function.invoke(EMPTY).coldStart()).isTrue();
  }

  @Test
  void past_the_deadline_the_process_is_killed() throws Exception {
    ForkedFunction function =
        started(
            fork(
                FunctionOptions.builder(Handlers.Hanging.class.getName())
                    .timeout(Duration.ofMillis(800))
                    .build()));

    function.invoke("{\"hang\":1}".getBytes(UTF_8));

    assertThat(ProcessHandle.of(pidOfHanging()).map(ProcessHandle::onExit))
        .satisfiesAnyOf(
            gone -> assertThat(gone).isEmpty(),
            exit -> assertThat(exit.orElseThrow()).succeedsWithin(Duration.ofSeconds(5)));
  }

  @Test
  void close_ends_what_the_function_started_too() {
    LocalFunction function = function(Handlers.Spawning.class);
    String pids = function.invoke(EMPTY).text();

    function.close();

    assertGone(pids);
  }

  @Test
  void a_jvm_that_exits_without_close_leaves_no_process_behind() throws Exception {
    Process jvm =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Handlers.ExitsWithoutClose.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(jvm.getInputStream().readAllBytes(), UTF_8);

    assertThat(jvm.waitFor()).as(said).isZero();
    assertGone(said.lines().filter(each -> each.startsWith("pids ")).findFirst().orElseThrow());
  }

  private static void assertGone(String pids) {
    Matcher each = Pattern.compile("\\d+").matcher(pids);
    assertThat(each.results().map(MatchResult::group).map(Long::valueOf))
        .hasSize(2)
        .allSatisfy(
            pid ->
                assertThat(ProcessHandle.of(pid).map(ProcessHandle::onExit))
                    .satisfiesAnyOf(
                        gone -> assertThat(gone).isEmpty(),
                        exit ->
                            assertThat(exit.orElseThrow()).succeedsWithin(Duration.ofSeconds(5))));
  }

  @Test
  void a_kill_between_two_calls_costs_no_call() {
    ForkedFunction function = started(fork(FunctionOptions.of(Handlers.Counting.class.getName())));

    function.invoke(EMPTY);
    function.kill();
    InvocationResult next = function.invoke(EMPTY);

    assertThat(next.error()).isEmpty();
    assertThat(next.coldStart()).isTrue();
  }

  @Test
  void a_process_that_ends_before_it_is_ready_is_quoted() {
    LocalFunction function = function(Handlers.ExitingAtInit.class);

    assertThatThrownBy(() -> function.invoke(EMPTY))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("exit status 7")
        .hasMessageContaining("these are the last words");
  }

  @Test
  void an_initialisation_without_end_is_ended() {
    LocalFunction function =
        started(
            LocalFunction.fork(
                FunctionOptions.of(Handlers.Counting.class.getName()),
                ForkOptions.builder().initTimeout(Duration.ofMillis(1)).build()));

    assertThatThrownBy(() -> function.invoke(EMPTY))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("PT0.001S");
  }

  @Test
  void a_java_that_does_not_start_is_named() {
    LocalFunction function =
        started(
            LocalFunction.fork(
                FunctionOptions.of(Handlers.Counting.class.getName()),
                ForkOptions.builder().java(Path.of("/no/such/java")).build()));

    assertThatThrownBy(() -> function.invoke(EMPTY))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("doesn't start")
        .hasStackTraceContaining("/no/such/java");
  }

  @Test
  void a_port_in_use_is_named_with_the_way_out() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LocalFunction function =
          started(
              LocalFunction.fork(
                  FunctionOptions.builder(Handlers.Counting.class.getName())
                      .maxConcurrency(1)
                      .build(),
                  ForkOptions.builder().port(taken.getLocalPort()).build()));

      assertThatThrownBy(() -> function.invoke(EMPTY))
          .isInstanceOf(PowertoolsException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("choose another one");
    }
  }

  @Test
  void one_port_for_several_environments_is_refused() {
    FunctionOptions two = FunctionOptions.of(Handlers.Counting.class.getName());
    ForkOptions onePort = ForkOptions.builder().port(9001).build();

    assertThatThrownBy(() -> LocalFunction.fork(two, onePort))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9001")
        .hasMessageContaining("maxConcurrency");
  }

  @Test
  void a_class_path_without_the_runtime_client_gets_ours() {
    Path tests = Path.of("target/test-classes").toAbsolutePath();
    LocalFunction function =
        started(
            LocalFunction.fork(
                FunctionOptions.of(Handlers.Echo.class.getName()),
                ForkOptions.builder().classPath(List.of(tests)).build()));

    assertThat(function.invoke(EMPTY).text()).isEqualTo("{}");
  }

  @Test
  void exits_are_named_as_lambda_names_them() {
    assertThat(FunctionProcess.exit(0)).isEqualTo("Runtime exited without providing a reason");
    assertThat(FunctionProcess.exit(1)).isEqualTo("Runtime exited with error: exit status 1");
    assertThat(FunctionProcess.exit(137)).isEqualTo("Runtime exited with error: signal: killed");
  }
}
