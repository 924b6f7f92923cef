// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.powertools.core.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The same lines for who configures Logback by a file:
 *
 * <pre>{@code
 * <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
 *   <encoder class="dev.powertools.logging.JsonLineEncoder">
 *     <withThread>true</withThread>
 *   </encoder>
 * </appender>
 * }</pre>
 *
 * <p>The facts of the invocation are those of the thread that encodes: behind an appender that
 * hands events to another thread they are missing. Thread-safe once started.
 */
public final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

  private static final byte[] NOTHING = {};

  private final LinePool lines = new LinePool();
  private volatile LayoutOptions options = LayoutOptions.defaults();
  private volatile @Nullable JsonLayout layout;

  /** Makes an encoder with the default options. */
  public JsonLineEncoder() {}

  /** All options at once; {@link LayoutOptions#defaults()} by default. */
  public void setOptions(LayoutOptions value) {
    this.options = value;
  }

  /** Whether lines have the thread; {@code false} by default. */
  public void setWithThread(boolean value) {
    options = value ? options.toBuilder().withThread().build() : options;
  }

  /** Whether stacks begin with the root cause; {@code false} by default. */
  public void setRootCauseFirst(boolean value) {
    options = value ? options.toBuilder().rootCauseFirst().build() : options;
  }

  /** How many frames of each throwable a stack has; 100 by default. */
  public void setMaxFrames(int value) {
    options = options.toBuilder().maxFrames(value).build();
  }

  @Override
  public void start() {
    layout = JsonLayout.of(Config.environment(), options);
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    JsonLayout started = layout;
    if (started == null) {
      return NOTHING;
    }
    Line line = lines.take();
    started.write(event, line, getContext() instanceof LoggerContext c ? c : null);
    byte[] bytes = line.json().toByteArray();
    lines.giveBack(line);
    return bytes;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
