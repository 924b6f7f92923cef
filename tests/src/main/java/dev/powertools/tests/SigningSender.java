// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.tenancy.aws.TenantClients;
import dev.powertools.tenancy.envelope.EnvelopeKeys;
import dev.powertools.tenancy.resource.TenantQueue;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Sends signed messages, for the guide. */
public final class SigningSender {

  // region sender
  @TenantQueue(name = "${JOBS_URL}")
  interface JobsIsolation {}

  private final TenantClients<SqsClient> queues =
      TenantClients.of(JobsIsolation.class, SqsClient::builder);

  /** Sends a message, signed for the tenant in force. */
  public void send(String queueUrl, String body) {
    queues.current().sendMessage(message -> message.queueUrl(queueUrl).messageBody(body));
  }

  // endregion

  /** Sends a batch of one. */
  public void sendBatch(String queueUrl, String body) {
    SendMessageBatchRequestEntry entry =
        SendMessageBatchRequestEntry.builder().id("b").messageBody(body).build();
    queues.current().sendMessageBatch(batch -> batch.queueUrl(queueUrl).entries(entry));
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
