// SPDX-License-Identifier: Apache-2.0
package dev.powertools.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import dev.powertools.tests.BaseClassShop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SnapStart: warmed up before the snapshot, and nothing kept over it. */
@FunctionTest
class DynamoDbSnapshotTest {

  private final List<String> operations = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    operations.add(target.substring(target.indexOf('.') + 1));
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write("{}".getBytes(UTF_8));
    exchange.close();
  }

  private TestFunction shop(Functions functions, int port) {
    return functions
        .environment("POWERTOOLS_IDEMPOTENCY_TABLE", "claims")
        .environment("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + port)
        .withOwn(IdempotencyStore.class)
        .function(BaseClassShop.class);
  }

  @Test
  void it_reads_once_before_the_snapshot_and_works_after_it(Functions functions) {
    TestFunction shop = shop(functions, server.getAddress().getPort());

    assertThat(shop.restore().captured()).isEmpty();
    assertThat(operations).containsExactly("GetItem");

    shop.invokeJson("{\"orderId\":\"o-1\",\"cents\":500}");
    assertThat(operations).startsWith("GetItem", "PutItem");
  }

  @Test
  void a_table_that_cannot_be_read_then_does_not_stop_the_start(Functions functions) {
    int closed = server.getAddress().getPort();
    server.stop(0);

    shop(functions, closed).restore();

    assertThat(functions.logs().messages())
        .anySatisfy(message -> assertThat(message).contains("can't be warmed up"));
  }

  @Test
  void without_snapshots_nothing_is_sent_at_start(Functions functions) {
    TestFunction shop = shop(functions, server.getAddress().getPort());

    shop.invokeJson("{\"cents\":500}");

    assertThat(operations).isEmpty();
  }
}
