// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import static org.assertj.core.api.Assertions.catchThrowable;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;

/**
 * What a real client makes of a call, without sending it.
 *
 * @param request as it is when no interceptor can change it any more
 * @param wire as it would have been sent
 */
record Sent(SdkRequest request, SdkHttpRequest wire) {

  /** Stops a call where it would be sent. */
  private static final class Stop extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  /** Remembers. */
  static final class Recorder implements ExecutionInterceptor {

    private SdkRequest request;
    private SdkHttpRequest wire;

    @Override
    public void beforeMarshalling(Context.BeforeMarshalling call, ExecutionAttributes attributes) {
      request = call.request();
    }

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission call, ExecutionAttributes attributes) {
      wire = call.httpRequest();
      throw new Stop();
    }

    /** What came of a call. */
    Sent of(Runnable call) {
      Throwable thrown = catchThrowable(call::run);
      if (wire == null) {
        throw new AssertionError("not sent", thrown);
      }
      return new Sent(request, wire);
    }
  }

  /** A client that is recorded. */
  static <C, B extends AwsClientBuilder<B, C>> C client(B builder, Recorder recorder) {
    return builder
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .overrideConfiguration(o -> o.addExecutionInterceptor(recorder))
        .build();
  }
}
