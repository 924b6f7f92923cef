// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.powertools.local.VirtualClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;

class AwsTest {

  private final VirtualClock clock = VirtualClock.start();
  private final Aws aws = Aws.start(clock);

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void a_service_answers_from_memory_and_every_round_trip_is_recorded() {
    aws.serve(
        "sqs",
        request ->
            AwsAnswer.json(200, "{\"QueueUrl\":\"http://q/" + request.text().length() + "\"}"));
    SqsClient sqs = aws.client(SqsClient.builder());

    assertThat(sqs.getQueueUrl(q -> q.queueName("orders")).queueUrl()).startsWith("http://q/");

    assertThat(aws.requests())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.service()).isEqualTo("sqs");
              assertThat(call.operation()).isEqualTo("GetQueueUrl");
              assertThat(call.attempt()).isEqualTo(1);
              assertThat(call.at()).isEqualTo(clock.now());
              assertThat(call.request().text()).isEqualTo("{\"QueueName\":\"orders\"}");
              assertThat(call.outcome()).isEqualTo("200");
              assertThat(call.requestId()).isEmpty();
            });
    assertThat(aws.requests("sqs", "GetQueueUrl")).hasSize(1);
    assertThat(aws.requests("sqs", "SendMessage")).isEmpty();
  }

  @Test
  void what_nothing_answers_is_an_error_that_says_how_to_mend_it() {
    DynamoDbClient dynamo = aws.client(DynamoDbClient.builder());

    assertThatThrownBy(
            () ->
                dynamo.putItem(
                    p -> p.tableName("orders").item(Map.of("id", AttributeValue.fromS("1")))))
        .hasMessageContaining("dynamodb.PutItem")
        .hasMessageContaining("aws.serve(\"dynamodb\"")
        .hasMessageContaining("aws.endpoint(\"dynamodb\"")
        .hasMessageContaining("aws.on(\"dynamodb\", \"PutItem\")");
    assertThat(aws.requests()).hasSize(1);
  }

  @Test
  void a_client_that_the_user_built_is_recognised_by_what_is_on_the_wire() {
    aws.serve("sqs", request -> AwsAnswer.json(200, "{\"QueueUrl\":\"http://q/1\"}"));
    SqsClient sqs =
        SqsClient.builder()
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "x")))
            .httpClient(aws.wrap(UrlConnectionHttpClient.create()))
            .build();
    sqs.getQueueUrl(q -> q.queueName("orders"));
    assertThat(aws.requests("sqs", "GetQueueUrl")).hasSize(1);
  }

  @Test
  void an_endpoint_on_this_machine_answers_with_scripts_above_it() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = "{\"QueueUrl\":\"http://elastic/1\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      aws.endpoint("sqs", URI.create("http://localhost:" + server.getAddress().getPort()));
      aws.on("sqs").error(500);
      SqsClient sqs = aws.client(SqsClient.builder());

      assertThat(sqs.getQueueUrl(q -> q.queueName("orders")).queueUrl())
          .isEqualTo("http://elastic/1");
      assertThat(aws.requests()).extracting(AwsCall::outcome).containsExactly("error: 500", "200");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void an_endpoint_without_a_port_is_refused() {
    assertThatThrownBy(() -> aws.endpoint("sqs", URI.create("localhost")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://localhost:8000");
  }
}
