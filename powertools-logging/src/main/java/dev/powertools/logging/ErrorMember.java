// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.powertools.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the member {@code error}: {@code name}, {@code message}, {@code causes} (of each: name and
 * message), {@code hash} and {@code stack}, which has causes and suppressed throwables as {@link
 * Throwable#printStackTrace()} shows them. The hash is made of class and method names without line
 * numbers, so it groups errors over builds. ECS has no causes, so there only the stack shows them.
 * Confined to one thread.
 */
final class ErrorMember {

  static final String ECS_TYPE = "error.type";
  static final String ECS_MESSAGE = "error.message";
  static final String ECS_HASH = "error.hash";
  static final String ECS_STACK = "error.stack_trace";

  private static final byte[] NAME = JsonWriter.string("name");
  private static final byte[] MESSAGE = JsonWriter.string("message");
  private static final int MAX_CAUSES = 32;
  private static final int MAX_SUPPRESSED_LEVELS = 4;

  private final Line line;
  private final LayoutOptions options;

  private ErrorMember(Line line, LayoutOptions options) {
    this.line = line;
    this.options = options;
  }

  static void write(Line line, IThrowableProxy thrown, LayoutOptions options) {
    String name = options.form().name(Keys.ERROR);
    if (name == null) {
      return;
    }
    ErrorMember error = new ErrorMember(line, options);
    if (options.form().isFlat()) {
      error.flat(thrown);
    } else {
      error.nested(name, thrown);
    }
  }

  private void nested(String name, IThrowableProxy thrown) {
    List<IThrowableProxy> chain = chain(thrown);
    JsonWriter json = line.json().name(name).beginObject();
    nameAndMessage(thrown);
    if (chain.size() > 1) {
      json.name("causes").beginArray();
      for (int i = 1; i < chain.size(); i++) {
        json.beginObject();
        nameAndMessage(chain.get(i));
        json.endObject();
      }
      json.endArray();
    }
    json.name("hash").value(ErrorHash.of(chain, line.frames()));
    json.name("stack");
    stack(chain);
    json.endObject();
  }

  private void flat(IThrowableProxy thrown) {
    List<IThrowableProxy> chain = chain(thrown);
    JsonWriter json = line.json().name(ECS_TYPE).value(thrown.getClassName());
    if (thrown.getMessage() != null) {
      json.name(ECS_MESSAGE).value(line.redactor().text(thrown.getMessage()));
    }
    json.name(ECS_HASH).value(ErrorHash.of(chain, line.frames()));
    json.name(ECS_STACK);
    stack(chain);
  }

  private static List<IThrowableProxy> chain(IThrowableProxy thrown) {
    List<IThrowableProxy> chain = new ArrayList<>(4);
    IThrowableProxy each = thrown;
    while (each != null && chain.size() < MAX_CAUSES) {
      chain.add(each);
      each = each.isCyclic() ? null : each.getCause();
    }
    return chain;
  }

  private void nameAndMessage(IThrowableProxy thrown) {
    line.json().name(NAME).value(thrown.getClassName());
    if (thrown.getMessage() != null) {
      line.json().name(MESSAGE).value(line.redactor().text(thrown.getMessage()));
    }
  }

  private void stack(List<IThrowableProxy> chain) {
    IThrowableProxy first = chain.get(options.isRootCauseFirst() ? chain.size() - 1 : 0);
    String own = first.getOverridingMessage();
    StackText text = new StackText(line, own == null ? first.getClassName() : own);
    stack(text, chain, 0);
    text.end();
  }

  private void stack(StackText to, List<IThrowableProxy> chain, int level) {
    boolean reverse = options.isRootCauseFirst();
    for (int i = 0; i < chain.size(); i++) {
      IThrowableProxy thrown = chain.get(reverse ? chain.size() - 1 - i : i);
      if (i > 0) {
        to.indent(level).append(reverse ? "Wrapped by: " : "Caused by: ");
      }
      head(to, thrown);
      frames(to, thrown, level);
      suppressed(to, thrown, level + 1);
    }
  }

  private void suppressed(StackText to, IThrowableProxy thrown, int level) {
    IThrowableProxy[] all = thrown.getSuppressed();
    if (all == null || level > MAX_SUPPRESSED_LEVELS) {
      return;
    }
    for (IThrowableProxy each : all) {
      to.indent(level).append("Suppressed: ");
      stack(to, chain(each), level);
    }
  }

  private static void head(StackText to, IThrowableProxy thrown) {
    if (thrown.isCyclic()) {
      to.append("[CIRCULAR REFERENCE: ").append(thrown.getClassName()).append("]\n");
      return;
    }
    String own = thrown.getOverridingMessage();
    if (own != null) {
      to.append(own);
    } else {
      to.append(thrown.getClassName());
      if (thrown.getMessage() != null) {
        to.append(": ").append(thrown.getMessage());
      }
    }
    to.append("\n");
  }

  private void frames(StackText to, IThrowableProxy thrown, int level) {
    @Nullable StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    if (frames == null) {
      return;
    }
    int common = Math.min(thrown.getCommonFrames(), frames.length);
    int own = frames.length - common;
    int shown = Math.min(own, options.maxFrames());
    for (int i = 0; i < shown; i++) {
      StackTraceElementProxy frame = frames[i];
      if (frame != null) {
        to.indent(level).frame(frame.getStackTraceElement());
      }
    }
    omitted(to, own - shown, " frames omitted\n", level);
    omitted(to, common, " common frames omitted\n", level);
  }

  private static void omitted(StackText to, int count, String what, int level) {
    if (count > 0) {
      to.indent(level).append("\t... ").append(Integer.toString(count)).append(what);
    }
  }
}
