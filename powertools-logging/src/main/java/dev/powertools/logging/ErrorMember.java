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
 * numbers, so it groups errors over builds. Confined to one thread.
 */
final class ErrorMember {

  private static final int MAX_CAUSES = 32;
  private static final int MAX_SUPPRESSED_LEVELS = 4;

  private final Line line;
  private final LayoutOptions options;

  private ErrorMember(Line line, LayoutOptions options) {
    this.line = line;
    this.options = options;
  }

  static void write(Line line, IThrowableProxy thrown, LayoutOptions options) {
    new ErrorMember(line, options).write(thrown);
  }

  private void write(IThrowableProxy thrown) {
    List<IThrowableProxy> chain = chain(thrown);
    JsonWriter json = line.json().name(Keys.ERROR).beginObject();
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
    json.name("hash").value(ErrorHash.of(chain));
    StringBuilder stack = line.text();
    stack(stack, chain, 0);
    json.name("stack").value(line.redactor().text(stack.toString())).endObject();
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
    line.json().name("name").value(thrown.getClassName());
    if (thrown.getMessage() != null) {
      line.json().name("message").value(line.redactor().text(thrown.getMessage()));
    }
  }

  private void stack(StringBuilder to, List<IThrowableProxy> chain, int level) {
    boolean reverse = options.isRootCauseFirst();
    for (int i = 0; i < chain.size(); i++) {
      IThrowableProxy thrown = chain.get(reverse ? chain.size() - 1 - i : i);
      if (i > 0) {
        indent(to, level).append(reverse ? "Wrapped by: " : "Caused by: ");
      }
      head(to, thrown);
      frames(to, thrown, level);
      suppressed(to, thrown, level + 1);
    }
  }

  private void suppressed(StringBuilder to, IThrowableProxy thrown, int level) {
    IThrowableProxy[] all = thrown.getSuppressed();
    if (all == null || level > MAX_SUPPRESSED_LEVELS) {
      return;
    }
    for (IThrowableProxy each : all) {
      indent(to, level).append("Suppressed: ");
      stack(to, chain(each), level);
    }
  }

  private static void head(StringBuilder to, IThrowableProxy thrown) {
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
    to.append('\n');
  }

  private void frames(StringBuilder to, IThrowableProxy thrown, int level) {
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
        indent(to, level).append("\tat ");
        frame(to, frame.getStackTraceElement());
      }
    }
    omitted(to, own - shown, " frames omitted\n", level);
    omitted(to, common, " common frames omitted\n", level);
  }

  private static void omitted(StringBuilder to, int count, String what, int level) {
    if (count > 0) {
      indent(to, level).append("\t... ").append(count).append(what);
    }
  }

  /** As {@link StackTraceElement#toString()}, but without modules and class loaders. */
  private static void frame(StringBuilder to, StackTraceElement frame) {
    to.append(frame.getClassName()).append('.').append(frame.getMethodName()).append('(');
    if (frame.isNativeMethod()) {
      to.append("Native Method");
    } else if (frame.getFileName() == null) {
      to.append("Unknown Source");
    } else {
      to.append(frame.getFileName());
      if (frame.getLineNumber() >= 0) {
        to.append(':').append(frame.getLineNumber());
      }
    }
    to.append(")\n");
  }

  private static StringBuilder indent(StringBuilder to, int level) {
    for (int i = 0; i < level; i++) {
      to.append('\t');
    }
    return to;
  }
}
