// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Remembers which operation each call of the SDK is. Interceptor and HTTP client meet in the call's
 * id, which the SDK puts into a header of each attempt, so a hop between threads does no harm.
 */
final class OperationNames implements ExecutionInterceptor {

  private final Map<String, String> byCall = new ConcurrentHashMap<>();

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes facts) {
    String operation = facts.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    if (operation != null) {
      byCall.put(call(context.httpRequest()), operation);
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes facts) {
    byCall.remove(call(context.httpRequest()));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes facts) {
    context.httpRequest().ifPresent(request -> byCall.remove(call(request)));
  }

  /** The operation of a request; the one that the wire tells if the client is not ours. */
  String of(String service, SdkHttpRequest http, byte[] body) {
    String known = byCall.get(call(http));
    return known != null ? known : Recognition.operation(service, http, body);
  }

  private static String call(SdkHttpRequest http) {
    return http.firstMatchingHeader("amz-sdk-invocation-id").orElse("");
  }
}
