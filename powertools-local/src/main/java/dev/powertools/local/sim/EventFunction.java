// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.FunctionInitException;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.LocalFunction;

/**
 * The function that a simulated source sends its events to. A lambda will do; one over a {@link
 * LocalFunction} comes from {@link #of}.
 *
 * <p>It may sleep on the simulator's clock, and is then entered again, on the same thread, if
 * another event is due meanwhile. An exception that it throws counts as the function's failure; an
 * error, such as a failed assertion, and a {@link FunctionInitException} stop the simulator and
 * come out of its {@code drain()}.
 */
@FunctionalInterface
public interface EventFunction {

  /** Sends one event, and waits for the answer. */
  EventAnswer invoke(byte[] event, InvokeOptions options);

  /** How many events it takes at once; a mapping that has more under way is throttled. */
  default int maxConcurrency() {
    return 1000;
  }

  /** Its ARN, for the records of failed invocations. */
  default String arn() {
    return "arn:aws:lambda:us-east-1:000000000000:function:function";
  }

  /** A function under the production runtime client. */
  static EventFunction of(LocalFunction function) {
    return new EventFunction() {
      @Override
      public EventAnswer invoke(byte[] event, InvokeOptions options) {
        return EventAnswer.of(function.invoke(event, options));
      }

      @Override
      public int maxConcurrency() {
        return function.options().maxConcurrency();
      }

      @Override
      public String arn() {
        return function.options().arn();
      }
    };
  }
}
