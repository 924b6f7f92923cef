// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.json.JsonText;
import dev.powertools.core.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The text of a stack as it is written: straight into the line, or, where the redactor has to see
 * all of it, by way of a builder. Confined to one thread.
 */
final class StackText {

  private static final byte[] TAB = {'\\', 't'};

  private final Line line;
  private final JsonWriter json;
  private final @Nullable JsonText direct;
  private final StringBuilder whole;

  /**
   * Begins a value of the line.
   *
   * @param first what the text begins with, which tells whether it may be JSON
   */
  StackText(Line line, String first) {
    this.line = line;
    this.json = line.json();
    boolean masked = line.redactor().mayChange(first);
    this.direct = masked ? null : json.text();
    this.whole = line.text();
  }

  StackText append(String text) {
    if (direct == null) {
      whole.append(text);
    } else {
      direct.append(text);
    }
    return this;
  }

  StackText indent(int level) {
    for (int i = 0; i < level; i++) {
      if (direct == null) {
        whole.append('\t');
      } else {
        direct.append(TAB, 1);
      }
    }
    return this;
  }

  void frame(StackTraceElement frame) {
    if (direct == null) {
      whole.append(KnownFrame.text(frame));
    } else {
      KnownFrame known = line.frames().known(frame);
      direct.append(known.json(), known.chars());
    }
  }

  void end() {
    if (direct == null) {
      json.value(line.redactor().text(whole.toString()));
    } else {
      direct.end();
    }
  }
}
