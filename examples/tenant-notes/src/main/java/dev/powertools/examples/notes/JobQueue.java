// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.notes;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.tenancy.envelope.sqs.EnvelopePlugin;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Where jobs are sent, for the tenant in force. */
@FunctionalInterface
public interface JobQueue {

  /** The one of the runtime in force: a test's own, or the queue at {@code NOTES_JOBS_URL}. */
  static JobQueue current() {
    return FunctionRuntime.current().part(JobQueue.class, JobQueue::of);
  }

  private static JobQueue of(FunctionRuntime runtime) {
    String url =
        runtime
            .config()
            .variable("NOTES_JOBS_URL")
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "NOTES_JOBS_URL is not set: give the function the URL of the queue of jobs."));
    // region client
    SqsClient sqs =
        SqsClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .addPlugin(EnvelopePlugin.create()) // signs what it sends
            .build();
    // endregion
    return of(sqs, url);
  }

  /** The queue at this URL, by a client that signs. */
  static JobQueue of(SqsClient signing, String url) {
    return job -> {
      String body = new String(new JsonWriter().value(job).toByteArray(), StandardCharsets.UTF_8);
      signing.sendMessage(message -> message.queueUrl(url).messageBody(body));
    };
  }

  /** Sends a job. */
  void send(Job job);
}
