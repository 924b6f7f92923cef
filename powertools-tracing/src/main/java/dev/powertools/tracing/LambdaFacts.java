// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionInvocation;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What the platform says about an invocation. Name and version of the function are the resource's.
 */
final class LambdaFacts {

  private static final int ACCOUNT = 4;
  private static final int QUALIFIER = 7;

  private LambdaFacts() {}

  static void put(FunctionInvocation function, AttributesBuilder attributes) {
    Context context = function.context().orElse(null);
    if (context == null) {
      return;
    }
    attributes.put(SemConv.INVOCATION_ID, function.requestId());
    attributes.put(SemConv.COLD_START, function.coldStart());
    String arn = context.getInvokedFunctionArn();
    if (arn != null) {
      attributes.put(SemConv.INVOKED_ARN, arn);
      parts(arn.split(":", -1), context.getFunctionVersion(), attributes);
    }
  }

  /** An alias is replaced by the version it stands for, since one process serves several. */
  private static void parts(
      String[] parts, @Nullable String version, AttributesBuilder attributes) {
    if (parts.length < QUALIFIER) {
      return;
    }
    attributes.put(SemConv.ACCOUNT_ID, parts[ACCOUNT]);
    StringBuilder id = new StringBuilder(parts[0]);
    for (int i = 1; i < QUALIFIER; i++) {
      id.append(':').append(parts[i]);
    }
    if (parts.length > QUALIFIER && version != null) {
      id.append(':').append(version);
    }
    attributes.put(SemConv.RESOURCE_ID, id.toString());
  }

  static @Nullable String functionName(FunctionInvocation function) {
    return function.context().map(Context::getFunctionName).orElse(null);
  }
}
