// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.api.client.logging.LogSink;
import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands what the runtime client logs, for itself and for handlers, to a consumer, line by line. */
final class LineSink implements LogSink {
  private final Consumer<String> output;

  LineSink(Consumer<String> output) {
    this.output = output;
  }

  @Override
  public void log(byte[] message) {
    new String(message, StandardCharsets.UTF_8).lines().forEach(output);
  }

  @Override
  public void log(LogLevel level, LogFormat format, byte[] message) {
    log(message);
  }

  @Override
  public void close() {}
}
