// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.notes;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.tenancy.aws.TenantClients;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Where jobs are sent, for the tenant in force: the queue at {@code NOTES_JOBS_URL}. */
final class JobQueue {

  private final String url =
      FunctionRuntime.current()
          .config()
          .variable("NOTES_JOBS_URL")
          .orElseThrow(
              () ->
                  new ConfigurationException(
                      "NOTES_JOBS_URL is not set: give the function the URL of the queue of jobs."));

  // region client
  private final TenantClients<SqsClient> queues =
      TenantClients.of(NotesIsolation.class, SqsClient::builder);

  /** Sends a job, signed for the tenant in force. */
  void send(Job job) {
    String body = new String(new JsonWriter().value(job).toByteArray(), StandardCharsets.UTF_8);
    queues.current().sendMessage(message -> message.queueUrl(url).messageBody(body));
  }
  // endregion
}
