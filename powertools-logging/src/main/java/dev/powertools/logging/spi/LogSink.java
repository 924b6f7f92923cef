// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging.spi;

import dev.powertools.core.FunctionInvocation;
import java.util.Optional;

/**
 * Takes the lines that would else go to standard output. Given to a runtime as a part ({@code
 * FunctionRuntime.builder().part(LogSink.class, sink)}), it gets each line that is written while
 * that runtime is in force on the thread: so tests that run side by side each see their own.
 *
 * <p>Called on the thread that logs. What it throws is swallowed, and the line goes to standard
 * output. Where Logback is configured by a file, sinks get nothing unless {@link
 * dev.powertools.logging.SinkCapture} is installed; the file's appenders write all the same.
 * Thread-safe.
 */
@FunctionalInterface
public interface LogSink {

  /**
   * Takes one line.
   *
   * @param line one JSON object in UTF-8, without line end; the sink's to keep
   * @param invocation the unit of work in which it was written; empty outside any
   */
  void accept(byte[] line, Optional<FunctionInvocation> invocation);
}
