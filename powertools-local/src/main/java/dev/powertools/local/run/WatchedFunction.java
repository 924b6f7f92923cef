// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Timing;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.InProcessFunction;
import dev.powertools.local.InvocationResult;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.LocalFunction;
import java.time.Duration;

/**
 * A function that is always of its newest classes: each invocation looks before it runs, so that
 * what was saved before it is what runs; and a thread looks now and then, so that a change is taken
 * up, and an error is told, before anybody calls.
 */
final class WatchedFunction implements LocalFunction {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final LocalFunction observed;
  private final InProcessFunction function;
  private final FunctionCode code;
  private final Wire wire;

  /**
   * Makes one.
   *
   * @param observed what runs invocations
   * @param function what is behind it
   */
  WatchedFunction(
      LocalFunction observed, InProcessFunction function, FunctionCode code, Wire wire) {
    this.observed = observed;
    this.function = function;
    this.code = code;
    this.wire = wire;
  }

  /** Starts to look now and then. */
  void watch() {
    Thread thread = new Thread(this::look, "watch");
    thread.setDaemon(true);
    thread.start();
    Thread warming = new Thread(code::warmUp, "warm-up");
    warming.setDaemon(true);
    warming.start();
  }

  @Override
  public InvocationResult invoke(byte[] event, InvokeOptions options) {
    try {
      refresh();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PowertoolsException("Interrupted while changed classes were taken up", e);
    }
    return observed.invoke(event, options);
  }

  @Override
  public FunctionOptions options() {
    return function.options();
  }

  @Override
  public void cold() {
    function.cold();
  }

  @Override
  public void close() {
    function.close();
  }

  /**
   * Whoever finds nothing changed must not overtake who found it: hence the lock over both steps.
   */
  private synchronized boolean refresh() throws InterruptedException {
    boolean changed = code.refresh();
    if (changed) {
      function.cold();
    }
    return changed;
  }

  private void look() {
    try {
      while (true) {
        Timing.system().sleep(BETWEEN_LOOKS);
        lookOnce();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookOnce() throws InterruptedException {
    try {
      if (refresh()) {
        function.prepare();
      }
    } catch (RuntimeException e) {
      wire.tell(Wire.Kind.PROBLEM, String.valueOf(e.getMessage()));
    }
  }
}
