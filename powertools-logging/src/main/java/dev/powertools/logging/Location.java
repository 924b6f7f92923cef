// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.powertools.core.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Writes where a line was logged: the caller of the logger, found by a walk over the stack. */
final class Location {

  static final String ECS_FUNCTION = "log.origin.function";
  static final String ECS_FILE = "log.origin.file.name";
  static final String ECS_LINE = "log.origin.file.line";

  private Location() {}

  static void write(ILoggingEvent event, JsonWriter json, LineForm form) {
    String name = form.name(Keys.LOCATION);
    @Nullable StackTraceElement[] callers = name == null ? null : event.getCallerData();
    StackTraceElement caller = callers == null || callers.length == 0 ? null : callers[0];
    if (name == null || caller == null) {
      return;
    }
    if (form.isFlat()) {
      json.name(ECS_FUNCTION).value(caller.getClassName() + "." + caller.getMethodName());
      file(caller, ECS_FILE, ECS_LINE, json);
    } else {
      json.name(name).beginObject();
      json.name("class").value(caller.getClassName());
      json.name("method").value(caller.getMethodName());
      file(caller, "file", "line", json);
      json.endObject();
    }
  }

  private static void file(StackTraceElement caller, String file, String line, JsonWriter json) {
    if (caller.getFileName() != null) {
      json.name(file).value(caller.getFileName());
    }
    if (caller.getLineNumber() >= 0) {
      json.name(line).value(caller.getLineNumber());
    }
  }
}
