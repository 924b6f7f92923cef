// SPDX-License-Identifier: Apache-2.0
package dev.powertools.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.PowertoolsException;
import dev.powertools.local.dynamodb.LocalDynamoDb;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDynamoDbTest {

  /** Filled by the module of that name, and on no class path. */
  private static final Path JARS = Path.of("../dynamodb-local/target/jars");

  private static String listTables(URI endpoint) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
            .header("Content-Type", "application/x-amz-json-1.0")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  // region dynamodb
  @Test
  void answers_until_it_is_killed() throws Exception {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.from(JARS)) {
      assertThat(listTables(dynamoDb.endpoint())).isEqualTo("{\"TableNames\":[]}");

      dynamoDb.kill();

      assertThatThrownBy(() -> listTables(dynamoDb.endpoint())).isInstanceOf(IOException.class);
    }
  }

  // endregion

  @Test
  void a_folder_without_its_jars_is_an_error_that_says_what_to_put_there(@TempDir Path folder) {
    assertThatThrownBy(() -> LocalDynamoDb.from(folder))
        .isInstanceOf(PowertoolsException.class)
        .hasMessageContaining("has no DynamoDBLocal jar");
  }

  @Test
  void a_class_path_without_it_is_an_error_with_the_lines_to_add() {
    assertThatThrownBy(LocalDynamoDb::start)
        .isInstanceOf(PowertoolsException.class)
        .hasMessageContaining("<artifactId>DynamoDBLocal</artifactId>");
  }
}
