// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The X-Ray header that the platform gives with an invocation: {@code Root=…;Parent=…;Sampled=…}.
 * The context's own comes first, since concurrent invocations share the process's; then the system
 * property of the Java runtime, then the environment variable.
 */
public final class PlatformTrace {

  private static final String PROPERTY = "com.amazonaws.xray.traceHeader";
  private static final String VARIABLE = "_X_AMZN_TRACE_ID";

  private PlatformTrace() {}

  /** The header of an invocation; {@code null} if there is none. */
  public static @Nullable String header(FunctionInvocation function) {
    Context context = function.context().orElse(null);
    String header = context == null ? null : ofContext(context);
    Config config = function.runtime().config();
    if (header == null) {
      header = config.systemProperty(PROPERTY).orElse(null);
    }
    return header == null ? config.variable(VARIABLE).orElse(null) : header;
  }

  /** Contexts made for an older interface have no such method. */
  private static @Nullable String ofContext(Context context) {
    try {
      return context.getXrayTraceId();
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }
}
