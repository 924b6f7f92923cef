// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.tenancy.envelope.EnvelopeKeys;
import dev.powertools.tenancy.envelope.sqs.EnvelopePlugin;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** How a function is set up that sends signed messages, for the guide. */
public final class SigningSender {

  private SigningSender() {}

  /** A client that signs. */
  public static SqsClientBuilder client() {
    // region sender
    SqsClientBuilder sqs =
        SqsClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .addPlugin(EnvelopePlugin.create());
    // endregion
    return sqs;
  }

  /** A runtime whose keys are in a secret. */
  public static RuntimeProvider keysOf(Supplier<String> secret) {
    // region keys
    RuntimeProvider runtime =
        () ->
            FunctionRuntime.builder()
                .part(EnvelopeKeys.class, EnvelopeKeys.loaded(secret, Duration.ofMinutes(5)))
                .build();
    // endregion
    return runtime;
  }
}
