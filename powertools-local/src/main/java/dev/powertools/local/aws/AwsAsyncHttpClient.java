// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * The HTTP client that the SDK's asynchronous clients are given. The exchange is over when {@code
 * execute} returns, on the caller's thread, so that a test repeats; waits move the test's clock.
 * Thread-safe.
 */
final class AwsAsyncHttpClient implements SdkAsyncHttpClient {

  private final Wire wire;

  AwsAsyncHttpClient(Wire wire) {
    this.wire = wire;
  }

  @Override
  public String clientName() {
    return "PowertoolsLocal";
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    Body body = new Body();
    request.requestContentPublisher().subscribe(body);
    return body.whole.thenAccept(bytes -> exchange(request, bytes));
  }

  private void exchange(AsyncExecuteRequest request, byte[] body) {
    SdkAsyncHttpResponseHandler handler = request.responseHandler();
    try {
      AwsAnswer answer = wire.send(request.request(), body);
      handler.onHeaders(AwsHttpClient.head(answer));
      handler.onStream(new Once(ByteBuffer.wrap(answer.body())));
    } catch (IOException | RuntimeException e) {
      handler.onError(e);
    }
  }

  @Override
  public void close() {
    // nothing is held: what is behind the wire belongs to the test
  }

  /** Collects the request's body. */
  private static final class Body implements Subscriber<ByteBuffer> {
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer part) {
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void onError(Throwable failure) {
      whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      whole.complete(bytes.toByteArray());
    }
  }

  /** Publishes one buffer. */
  private record Once(ByteBuffer content) implements Publisher<ByteBuffer> {
    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Subscription() {
            private boolean over;

            @Override
            public void request(long count) {
              if (!over) {
                over = true;
                subscriber.onNext(content.duplicate());
                subscriber.onComplete();
              }
            }

            @Override
            public void cancel() {
              over = true;
            }
          });
    }
  }
}
