// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.tenancy.aws.Wire.Answer;
import dev.powertools.tenancy.aws.Wire.Sent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** The asynchronous side of a network in memory; answers on threads that know of nothing. */
final class AsyncWire implements SdkAsyncHttpClient {

  private final Wire wire;

  AsyncWire(Wire wire) {
    this.wire = wire;
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    request.requestContentPublisher().subscribe(new Body(request, done));
    return done;
  }

  private void answer(AsyncExecuteRequest request, String body) {
    Answer answer = wire.answer(new Sent(request.request(), body));
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    request.responseHandler().onHeaders(Wire.head(answer, bytes));
    request.responseHandler().onStream(AsyncRequestBody.fromBytes(bytes));
  }

  private final class Body implements Subscriber<ByteBuffer> {

    private final AsyncExecuteRequest request;
    private final CompletableFuture<Void> done;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Body(AsyncExecuteRequest request, CompletableFuture<Void> done) {
      this.request = request;
      this.done = done;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer next) {
      byte[] some = new byte[next.remaining()];
      next.get(some);
      bytes.writeBytes(some);
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      ForkJoinPool.commonPool()
          .execute(
              () -> {
                try {
                  answer(request, bytes.toString(StandardCharsets.UTF_8));
                  done.complete(null);
                } catch (RuntimeException | Error e) {
                  request.responseHandler().onError(e);
                  done.completeExceptionally(e);
                }
              });
    }
  }

  @Override
  public String clientName() {
    return "AsyncWire";
  }

  @Override
  public void close() {}
}
