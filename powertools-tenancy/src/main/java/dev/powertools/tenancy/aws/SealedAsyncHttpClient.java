// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * Sends what the guard has approved of, and nothing else. A body that was checked is sent as it was
 * then. Thread-safe; to close it does nothing, since it is not ours what it sends by.
 */
final class SealedAsyncHttpClient implements SdkAsyncHttpClient {

  private final SdkAsyncHttpClient network;
  private final Seal seal;

  SealedAsyncHttpClient(SdkAsyncHttpClient network, Seal seal) {
    this.network = network;
    this.seal = seal;
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    byte[] body;
    try {
      body = seal.approved(request.request());
    } catch (RuntimeException e) {
      request.responseHandler().onError(e);
      return CompletableFuture.failedFuture(e);
    }
    if (body == null) {
      return network.execute(request);
    }
    AsyncExecuteRequest.Builder checked =
        AsyncExecuteRequest.builder()
            .request(request.request())
            .requestContentPublisher(new Checked(AsyncRequestBody.fromBytes(body)))
            .responseHandler(request.responseHandler())
            .fullDuplex(request.fullDuplex())
            .httpExecutionAttributes(request.httpExecutionAttributes());
    request.metricCollector().ifPresent(checked::metricCollector);
    return network.execute(checked.build());
  }

  /** A body as HTTP clients take it. */
  private record Checked(AsyncRequestBody body) implements SdkHttpContentPublisher {

    @Override
    public Optional<Long> contentLength() {
      return body.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      body.subscribe(subscriber);
    }
  }

  @Override
  public String clientName() {
    return network.clientName();
  }

  @Override
  public void close() {
    // whoever opened the network closes it
  }
}
