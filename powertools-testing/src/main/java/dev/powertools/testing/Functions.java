// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.SignalListener;
import dev.powertools.core.config.Config;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Makes functions for one test. Each runs under the production runtime client in this JVM, with a
 * runtime of the test's own: the test's clock, the test's environment variables, stores in memory,
 * and logs captured. Say what differs before making a function; a function keeps what was said
 * before it was made. Thread-safe, and closed with the test.
 */
public final class Functions implements AutoCloseable {

  private final TestClock clock = new TestClock();
  private final FunctionLogs logs = new FunctionLogs();
  private final SqsStandIn queues = new SqsStandIn();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final FunctionRuntime.Builder runtime = FunctionRuntime.builder();
  private final List<TestFunction> made = new CopyOnWriteArrayList<>();
  private Duration timeout = Duration.ofMinutes(1);

  private Functions() {
    Features.configure(runtime, logs);
    runtime.lazyPart(SqsClient.class, queues::client);
  }

  /**
   * For use without JUnit: to be closed by the caller. Under {@link FunctionTest} it comes as a
   * parameter.
   */
  public static Functions start() {
    return new Functions();
  }

  /** The lines that the functions of this test have logged. */
  public FunctionLogs logs() {
    return logs;
  }

  /**
   * The messages that functions of this test sent to queues, dead letters as a rule, in order;
   * empty if the test gave them an SQS client of its own.
   */
  public List<DeadLettered> deadLetters() {
    return queues.sent();
  }

  /** The time of this test. */
  public TestClock clock() {
    return clock;
  }

  /** Sets an environment variable, as the toolkit sees it, of functions made after this. */
  public synchronized Functions environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** The timeout of functions made after this, on the test's clock; a minute by default. */
  public synchronized Functions timeout(Duration value) {
    this.timeout = Objects.requireNonNull(value);
    return this;
  }

  /** Gives functions made after this a collaborator, such as a store. */
  public synchronized <T> Functions with(Class<T> type, T value) {
    runtime.part(type, value);
    return this;
  }

  /** Has a listener hear the signals of functions made after this. */
  public synchronized Functions listener(SignalListener value) {
    runtime.listener(value);
    return this;
  }

  /** A function whose handler the runtime client makes, as in production. */
  public TestFunction function(Class<?> handler) {
    return function(handler.getName());
  }

  /**
   * A function by its handler as the platform configures it: {@code com.acme.Orders} or {@code
   * com.acme.Orders::handle}.
   */
  public TestFunction function(String handler) {
    return make(handler, null);
  }

  /**
   * A function whose handler object the test makes, for collaborators given by constructor.
   *
   * @param handler its class
   * @param instance makes the object, with the test's runtime in force
   */
  public <H> TestFunction function(Class<H> handler, Supplier<? extends H> instance) {
    return make(handler.getName(), Objects.requireNonNull(instance));
  }

  private synchronized TestFunction make(String handler, @Nullable Supplier<?> instance) {
    TestFunction function = new TestFunction(this, handler, instance);
    made.add(function);
    return function;
  }

  FunctionRuntime runtimeFor(String name) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_LAMBDA_FUNCTION_NAME", name);
    variables.put("AWS_REGION", "us-east-1");
    variables.putAll(environment);
    return runtime.timing(clock).config(Config.of(variables)).build();
  }

  Duration timeout() {
    return timeout;
  }

  Map<String, String> environment() {
    return environment;
  }

  @Override
  public void close() {
    made.forEach(TestFunction::close);
  }
}
