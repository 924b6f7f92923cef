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

  private final JsonWriter json = new JsonWriter(JsonLimits.forLogs());

  private PlatformFacts() {}

  /** The members, without braces. */
  static byte[] of(FunctionInvocation function) {
    PlatformFacts facts = new PlatformFacts();
    facts.json.beginObject();
    facts.write(function);
    byte[] object = facts.json.endObject().toByteArray();
    return Arrays.copyOfRange(object, 1, object.length - 1);
  }

  private void write(FunctionInvocation function) {
    Context context = function.context().orElse(null);
    int mark = json.mark();
    try {
      if (context != null) {
        json.name(Keys.COLD_START).value(function.coldStart());
        write(context);
      }
      text(Keys.REQUEST_ID, function.requestId());
    } catch (RuntimeException | LinkageError | AssertionError e) {
      json.reset(mark);
    }
    text(Keys.XRAY_TRACE_ID, traceId(function));
  }

  private void write(Context context) {
    text(Keys.FUNCTION_NAME, context.getFunctionName());
    text(Keys.FUNCTION_VERSION, context.getFunctionVersion());
    json.name(Keys.FUNCTION_MEMORY).value(context.getMemoryLimitInMB());
    text(Keys.FUNCTION_ARN, context.getInvokedFunctionArn());
  }

  private void text(String name, @Nullable String value) {
    if (value != null) {
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
