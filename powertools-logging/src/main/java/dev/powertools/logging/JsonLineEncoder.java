// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.config.Config;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The same lines for who configures Logback by a file:
 *
 * <pre>{@code
 * <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
 *   <encoder class="dev.powertools.logging.JsonLineEncoder">
 *     <withThread>true</withThread>
 *     <rename>message=msg</rename>
 *     <remove>function_arn</remove>
 *     <staticField>stage=prod</staticField>
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
  private volatile LayoutOptions.Builder builder = LayoutOptions.builder();
  private volatile @Nullable JsonLayout layout;

  /** Makes an encoder with the default options. */
  public JsonLineEncoder() {}

  /** All options at once; {@link LayoutOptions#defaults()} by default. */
  public void setOptions(LayoutOptions value) {
    builder = value.toBuilder();
  }

  /**
   * Whether fields are named as in ECS, see {@link LayoutOptions#ecs()}; {@code false} by default.
   */
  public void setEcs(boolean value) {
    if (value) {
      builder.ecs();
    }
  }

  /** Whether lines have the thread; {@code false} by default. */
  public void setWithThread(boolean value) {
    if (value) {
      builder.withThread();
    }
  }

  /** Whether lines have the place of the call; {@code false} by default. */
  public void setWithLocation(boolean value) {
    if (value) {
      builder.withLocation();
    }
  }

  /** Whether the redactor looks into messages too; {@code false} by default. */
  public void setWithRedactedMessages(boolean value) {
    if (value) {
      builder.withRedactedMessages();
    }
  }

  /** Whether stacks begin with the root cause; {@code false} by default. */
  public void setRootCauseFirst(boolean value) {
    if (value) {
      builder.rootCauseFirst();
    }
  }

  /** How many frames of each throwable a stack has; 100 by default. */
  public void setMaxFrames(int value) {
    builder.maxFrames(value);
  }

  /** Calls a field by another name: {@code message=msg}. May be given several times. */
  public void addRename(String fieldAndName) {
    String[] parts = parts("rename", fieldAndName);
    builder.rename(parts[0], parts[1]);
  }

  /** Leaves a field out. May be given several times. */
  public void addRemove(String field) {
    builder.remove(field.trim());
  }

  /**
   * Adds a field with the same text in each line: {@code stage=prod}. May be given several times.
   */
  public void addStaticField(String nameAndText) {
    String[] parts = parts("staticField", nameAndText);
    builder.staticField(parts[0], parts[1]);
  }

  private static String[] parts(String element, String text) {
    int at = text.indexOf('=');
    if (at < 0) {
      throw new ConfigurationException(
          "JsonLineEncoder: <" + element + "> is \"" + text + "\"; write it as name=value");
    }
    return new String[] {text.substring(0, at).trim(), text.substring(at + 1).trim()};
  }

  /** {@inheritDoc} Options that contradict each other are a status, and the defaults are taken. */
  @Override
  public void start() {
    LayoutOptions options = LayoutOptions.defaults();
    try {
      options = builder.build();
    } catch (ConfigurationException e) {
      addError("The encoder takes the default options: " + e.getMessage(), e);
    }
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
    byte[] bytes = Arrays.copyOf(line.bytes(), line.size());
    lines.giveBack(line);
    return bytes;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
