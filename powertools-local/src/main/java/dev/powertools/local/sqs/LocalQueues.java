// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import dev.powertools.core.PowertoolsException;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SQS queues in this JVM's memory, on ElasticMQ, with a client that talks to them: standard and
 * FIFO, visibility timeouts, delays, redrive to dead-letter queues.
 *
 * <p>Not as in AWS: message sizes count characters of the body only, nothing expires, and a
 * visibility timeout may add up to more than 12 hours.
 *
 * <p>Thread-safe; its threads are daemons. Starting takes one to two seconds.
 */
public final class LocalQueues implements AutoCloseable {
  static final String REGION = "us-east-1";

  private final ElasticMq server;
  private final SqsClient client;

  private LocalQueues(ElasticMq server) {
    this.server = server;
    this.client =
        SqsClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.of(REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /** Starts on any free port. */
  public static LocalQueues start() {
    return start(0);
  }

  /**
   * Starts on a port of 127.0.0.1.
   *
   * @param port 0 for any free port
   * @throws PowertoolsException naming the port if it is taken
   */
  public static LocalQueues start(int port) {
    return new LocalQueues(ElasticMq.start(port, REGION));
  }

  /** Where an SQS client finds the queues. */
  public URI endpoint() {
    return server.endpoint();
  }

  /** A client with fake credentials; closed with the queues. */
  public SqsClient client() {
    return client;
  }

  /** Creates a queue with SQS's defaults. */
  public LocalQueue createQueue(String name) {
    return createQueue(name, QueueOptions.defaults());
  }

  /** Creates a queue, FIFO if its name ends with {@code .fifo}. */
  public LocalQueue createQueue(String name, QueueOptions options) {
    String url =
        client
            .createQueue(
                r -> r.queueName(name).attributes(options.attributes(name.endsWith(".fifo"))))
            .queueUrl();
    return LocalQueue.of(client, url);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
