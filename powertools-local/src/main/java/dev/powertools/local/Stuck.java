// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Tells of a handler that neither answers nor lets its clock run. */
final class Stuck {
  private Stuck() {}

  /** Whether somebody may be looking at a break point: then nobody is stuck. */
  static boolean isUnderDebugger() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(argument -> argument.contains("jdwp"));
  }

  static String message(String handler, ExecutionEnvironment.Host host, Duration left) {
    return "The function '"
        + handler
        + "' did not answer within "
        + host.patience().toMillis() / 1000.0
        + " s of real time, while the test's clock stands still "
        + left.toMillis() / 1000.0
        + " s before its deadline. It loops, or waits for something that nobody does. Waits that go"
        + " through the toolkit's Timing take no real time and end at the deadline; where it does"
        + " need so long, raise InProcessOptions.patience. Its thread is at:"
        + host.whereabouts();
  }
}
