// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.local.FunctionError;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.InvocationResult;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.LocalFunction;
import java.time.Duration;
import java.util.Locale;

/**
 * A function whose invocations are told of as Lambda's log does: {@code START}, {@code END} and
 * {@code REPORT} lines.
 *
 * <p>The billed duration has the initialisation in it, as Lambda bills it. The memory used is the
 * largest resident size of this process, which is also the front's and the queues'.
 */
final class ObservedFunction implements LocalFunction {
  private final LocalFunction function;
  private final Wire wire;

  ObservedFunction(LocalFunction function, Wire wire) {
    this.function = function;
    this.wire = wire;
  }

  @Override
  public InvocationResult invoke(byte[] event, InvokeOptions options) {
    String id = options.requestId();
    wire.tell(
        Wire.Kind.PLATFORM, "START RequestId: " + id + " Version: " + function.options().version());
    InvocationResult result = function.invoke(event, options);
    wire.tell(Wire.Kind.PLATFORM, "END RequestId: " + id);
    wire.tell(Wire.Kind.PLATFORM, report(id, result));
    return result;
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

  private String report(String id, InvocationResult result) {
    Duration init = result.initDuration().orElse(Duration.ZERO);
    long billed = (init.plus(result.duration()).toNanos() + 999_999) / 1_000_000;
    StringBuilder line = new StringBuilder("REPORT RequestId: ").append(id);
    line.append("\tDuration: ").append(milliseconds(result.duration())).append(" ms");
    line.append("\tBilled Duration: ").append(billed).append(" ms");
    line.append("\tMemory Size: ").append(function.options().memoryMegabytes()).append(" MB");
    line.append("\tMax Memory Used: ").append(ProcessMemory.peakMegabytes()).append(" MB");
    result
        .initDuration()
        .ifPresent(d -> line.append("\tInit Duration: ").append(milliseconds(d)).append(" ms"));
    result.error().ifPresent(error -> line.append(status(error)));
    return line.append('\t').toString();
  }

  private static String status(FunctionError error) {
    return error.type().equals(FunctionError.TIMED_OUT)
        ? "\tStatus: timeout"
        : "\tStatus: error\tError Type: " + error.type();
  }

  static String milliseconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
  }
}
