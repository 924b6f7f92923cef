// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.time.Instant;

/** One event on its way to a runtime. */
final class Invocation {
  private final InvokeOptions options;
  private final byte[] event;
  private final String functionArn;
  private final Instant deadline;
  private final Sandbox sandbox;

  Invocation(
      InvokeOptions options, byte[] event, String functionArn, Instant deadline, Sandbox sandbox) {
    this.options = options;
    this.event = event;
    this.functionArn = functionArn;
    this.deadline = deadline;
    this.sandbox = sandbox;
  }

  String requestId() {
    return options.requestId();
  }

  InvokeOptions options() {
    return options;
  }

  byte[] event() {
    return event;
  }

  String functionArn() {
    return functionArn;
  }

  Instant deadline() {
    return deadline;
  }

  Sandbox sandbox() {
    return sandbox;
  }
}
