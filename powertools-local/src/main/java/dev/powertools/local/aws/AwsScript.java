// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the requests to one operation, one step after another; those after the last step
 * pass. Each request takes one step, whichever thread it comes from, and each attempt of the SDK is
 * a request of its own. A step happens once unless {@link #times} or {@link #always} follows it.
 *
 * <pre>{@code
 * aws.on("dynamodb", "PutItem").throttle(2).then().latency(ofMillis(800)).then().pass();
 * }</pre>
 *
 * <p>Every step but {@link #pass} must have been taken at least once by the end of the test, or the
 * test fails; see {@link #optional}. Thread-safe.
 */
public final class AwsScript {

  static final Taken PASS = new Taken("", Fault.Passage::pass);

  private static final int ALWAYS = Integer.MAX_VALUE;

  private final String service;
  private final String operation;
  private final List<Step> steps = new ArrayList<>();
  private boolean optional;

  AwsScript(String service, String operation) {
    this.service = service;
    this.operation = operation;
  }

  /** One step: what happens, how often, and how often it has happened. */
  private static final class Step {
    private final String name;
    private final Fault fault;
    private int times = 1;
    private int taken;

    Step(String name, Fault fault) {
      this.name = name;
      this.fault = fault;
    }

    boolean isDone() {
      return times != ALWAYS && taken >= times;
    }
  }

  /** A step that a request has taken. */
  record Taken(String name, Fault fault) {}

  /** The service answers that there are too many requests, in its own words. */
  public AwsScript throttle() {
    return error("throttle", ErrorAnswer::throttle);
  }

  /** The service answers a number of times that there are too many requests. */
  public AwsScript throttle(int times) {
    return throttle().times(times);
  }

  /** The service fails, with a status of 500 or more. */
  public AwsScript error(int status) {
    if (status < 500) {
      throw new IllegalArgumentException(
          "error(" + status + ") does not say which: use error(" + status + ", code, message)");
    }
    return error("error", request -> ErrorAnswer.ofService(request, status));
  }

  /**
   * The service answers with an error.
   *
   * @param status the HTTP status
   * @param code the error's name, such as {@code ConditionalCheckFailedException}: the SDK throws
   *     the exception of that name
   * @param message the text
   */
  public AwsScript error(int status, String code, String message) {
    ErrorAnswer error = new ErrorAnswer(status, code, message);
    return error("error", request -> error);
  }

  /** The credentials have expired. */
  public AwsScript expiredCredentials() {
    return error("expiredCredentials", ErrorAnswer::expiredCredentials);
  }

  /** The credentials do not allow the operation. */
  public AwsScript accessDenied() {
    return error("accessDenied", ErrorAnswer::accessDenied);
  }

  private AwsScript error(String name, Function<AwsRequest, ErrorAnswer> error) {
    return step(
        name,
        passage ->
            Protocol.of(passage.request())
                .error(passage.request(), error.apply(passage.request())));
  }

  /** A success whose body breaks off, so that the SDK can't read it. */
  public AwsScript malformed() {
    return step("malformed", passage -> text(passage, "{\"brokenOff"));
  }

  /** A success with a body of one's own, in the JSON or XML of the service. */
  public AwsScript answer(String body) {
    Objects.requireNonNull(body);
    return step("answer", passage -> text(passage, body));
  }

  /** The very answer. */
  public AwsScript answer(AwsAnswer answer) {
    Objects.requireNonNull(answer);
    return step("answer", passage -> answer);
  }

  private static AwsAnswer text(Fault.Passage passage, String body) {
    return Protocol.of(passage.request()).text(200, body);
  }

  /** The connection breaks before the request is sent: the service never hears of it. */
  public AwsScript drop() {
    return step(
        "drop",
        passage -> {
          throw new ConnectException("Connection refused");
        });
  }

  /** The service does what it was asked, and the connection breaks before its answer arrives. */
  public AwsScript loseResponse() {
    return step("loseResponse", AwsScript::lose);
  }

  private static AwsAnswer lose(Fault.Passage passage) throws IOException {
    AwsAnswer lost = passage.pass();
    throw new SocketException("Connection reset; the answer was " + lost.status());
  }

  /**
   * Nothing comes back: on the test's time the SDK waits until one of its timeouts, or that of the
   * HTTP client ({@link Aws#readTimeout}). The service never hears of the request.
   */
  public AwsScript hang() {
    return step("hang", passage -> passage.waits().inVain());
  }

  /** The request passes after some time of the test; past a timeout it is as {@link #hang}. */
  public AwsScript latency(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("Latency can't be negative: " + duration);
    }
    return step(
        "latency " + duration,
        passage -> {
          passage.waits().latency(duration);
          return passage.pass();
        });
  }

  /** The request passes. */
  public AwsScript pass() {
    return step("", Fault.Passage::pass);
  }

  /** Reads well between two steps; does nothing. */
  public AwsScript then() {
    return this;
  }

  /** Has the last step happen a number of times. */
  public AwsScript times(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("times(" + times + "): a step happens at least once");
    }
    return repeat(times);
  }

  /** Has the last step happen to all requests from there on. */
  public AwsScript always() {
    return repeat(ALWAYS);
  }

  /** Allows steps that are never taken. */
  public synchronized AwsScript optional() {
    optional = true;
    return this;
  }

  private synchronized AwsScript repeat(int times) {
    if (steps.isEmpty()) {
      throw new IllegalStateException(this + ": say what happens before you say how often");
    }
    last().times = times;
    return this;
  }

  private synchronized AwsScript step(String name, Fault fault) {
    if (!steps.isEmpty() && last().times == ALWAYS) {
      throw new IllegalStateException(this + ": no step is reached after always()");
    }
    steps.add(new Step(name, fault));
    return this;
  }

  private Step last() {
    return steps.get(steps.size() - 1);
  }

  /** The step that a request is to take; null if this is not about it, or is at its end. */
  synchronized @Nullable Taken take(AwsRequest request) {
    if (!matches(service, request.service()) || !matches(operation, request.operation())) {
      return null;
    }
    for (Step step : steps) {
      if (!step.isDone()) {
        step.taken++;
        return new Taken(step.name, step.fault);
      }
    }
    return null;
  }

  private static boolean matches(String pattern, String name) {
    return pattern.equals("*") || pattern.equalsIgnoreCase(name);
  }

  /** The steps that must have been taken and were not; a word of its own if there are no steps. */
  synchronized List<String> untaken() {
    if (optional) {
      return List.of();
    }
    if (steps.isEmpty()) {
      return List.of("no step at all");
    }
    return steps.stream()
        .filter(step -> step.taken == 0 && !step.name.isEmpty())
        .map(step -> step.name)
        .toList();
  }

  @Override
  public String toString() {
    String ofOperation = operation.equals("*") ? "" : ", \"" + operation + "\"";
    return "aws.on(\"" + service + "\"" + ofOperation + ")";
  }
}
