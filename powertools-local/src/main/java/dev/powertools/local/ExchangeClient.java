// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.api.client.logging.LambdaContextLogger;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.DtoSerializers;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaError;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaRuntimeApiClient;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.ErrorRequest;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Runtime API without HTTP: an exchange, spoken to through the runtime client's interface.
 * Confined to its loop's thread.
 */
final class ExchangeClient implements LambdaRuntimeApiClient {

  /** Ends the client's loop, which knows no other end than a failure. */
  static final class LoopEnded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoopEnded() {
      super("the execution environment has ended", null, false, false);
    }
  }

  private final InvocationExchange exchange;
  private @Nullable Invocation current;

  ExchangeClient(InvocationExchange exchange) {
    this.exchange = exchange;
  }

  /** The invocation that runs; asked for on the loop's own thread. */
  Invocation current() {
    return Objects.requireNonNull(current, "no invocation was taken yet");
  }

  @Override
  public InvocationRequest nextInvocation() {
    // A flag that the handler left must not end the loop: production's wait can't be interrupted.
    Thread.interrupted();
    Invocation invocation;
    try {
      invocation = exchange.take();
    } catch (InterruptedException e) {
      throw new LoopEnded();
    }
    if (invocation == null) {
      throw new LoopEnded();
    }
    current = invocation;
    return request(invocation);
  }

  @Override
  public InvocationRequest nextInvocationWithExponentialBackoff(LambdaContextLogger logger) {
    return nextInvocation();
  }

  @Override
  public void reportInvocationSuccess(String requestId, byte[] response) {
    exchange.succeed(requestId, response);
  }

  @Override
  public void reportInvocationError(String requestId, LambdaError error) {
    exchange.answer(requestId, Reply.error(error.errorType.getRapidError(), json(error)));
  }

  @Override
  public void reportInitError(LambdaError error) {
    exchange.initFailed(FunctionError.parse(json(error)));
  }

  @Override
  public void restoreNext() {
    // No snapshot is taken here: what follows a restore may follow at once.
  }

  @Override
  public void reportRestoreError(LambdaError error) {
    reportInitError(error);
  }

  /** The error's JSON without the one frame that {@link RuntimeClientAccess#decorate} adds. */
  private static byte[] json(LambdaError error) {
    ErrorRequest request = error.errorRequest;
    if (request.stackTrace != null) {
      request.stackTrace =
          Stream.of(request.stackTrace)
              .filter(frame -> !frame.contains(RuntimeClientAccess.FRAME))
              .toArray(String[]::new);
    }
    return DtoSerializers.serialize(request);
  }

  private static InvocationRequest request(Invocation invocation) {
    InvocationRequest request = new InvocationRequest();
    request.setId(invocation.requestId());
    request.setContent(invocation.event());
    request.setInvokedFunctionArn(invocation.functionArn());
    request.setDeadlineTimeInMs(invocation.deadline().toEpochMilli());
    request.setXrayTraceId(invocation.options().traceId());
    request.setTenantId(invocation.options().tenantId());
    request.setClientContext(invocation.options().clientContext());
    request.setCognitoIdentity(invocation.options().cognitoIdentity());
    return request;
  }
}
