// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.internal.PlatformTrace;
import dev.powertools.core.json.JsonLimits;
import dev.powertools.core.json.JsonWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes what the platform says about an invocation. A context that throws is left out. */
final class PlatformFacts {

  private final LineForm form;
  private final byte[] members;

  /** Writes them as they stand in lines of this form. */
  PlatformFacts(FunctionInvocation function, LineForm form) {
    this.form = form;
    JsonWriter json = new JsonWriter(JsonLimits.forLogs()).beginObject();
    write(function, json);
    byte[] object = json.endObject().toByteArray();
    members = Arrays.copyOfRange(object, 1, object.length - 1);
  }

  boolean isOf(LineForm other) {
    return form == other;
  }

  /** The members, without braces. */
  byte[] members() {
    return members;
  }

  private void write(FunctionInvocation function, JsonWriter json) {
    Context context = function.context().orElse(null);
    int mark = json.mark();
    try {
      if (context != null) {
        flag(Keys.COLD_START, function.coldStart(), json);
        write(context, json);
      }
      text(Keys.REQUEST_ID, function.requestId(), json);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      json.reset(mark);
    }
    text(Keys.XRAY_TRACE_ID, traceId(function), json);
  }

  private void write(Context context, JsonWriter json) {
    text(Keys.FUNCTION_NAME, context.getFunctionName(), json);
    text(Keys.FUNCTION_VERSION, context.getFunctionVersion(), json);
    number(Keys.FUNCTION_MEMORY, context.getMemoryLimitInMB(), json);
    text(Keys.FUNCTION_ARN, context.getInvokedFunctionArn(), json);
  }

  private void text(String field, @Nullable String value, JsonWriter json) {
    String name = form.name(field);
    if (name != null && value != null) {
      json.name(name).value(value);
    }
  }

  private void number(String field, int value, JsonWriter json) {
    String name = form.name(field);
    if (name != null) {
      json.name(name).value(value);
    }
  }

  private void flag(String field, boolean value, JsonWriter json) {
    String name = form.name(field);
    if (name != null) {
      json.name(name).value(value);
    }
  }

  /** The root of the trace that the platform's header names. */
  private static @Nullable String traceId(FunctionInvocation function) {
    String header = PlatformTrace.header(function);
    return header == null ? null : root(header);
  }

  private static String root(String header) {
    int at = header.indexOf("Root=");
    if (at < 0) {
      return header;
    }
    int end = header.indexOf(';', at);
    return header.substring(at + "Root=".length(), end < 0 ? header.length() : end);
  }
}
