// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.event.Events;
import dev.powertools.local.run.LocalRun;
import dev.powertools.local.run.RunningFunction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function in a local run of its own. */
class OrderRunTest {

  // region run
  @Test
  void an_order_that_is_sent_by_http_is_in_the_ledger(@TempDir Path folder) throws Exception {
    Path ledger = folder.resolve("ledger.txt");
    try (RunningFunction running =
        LocalRun.of(OrderHandler.class)
            .http(0) // any free port
            .queue("orders", queue -> queue.deadLetters("orders-dlq", 3))
            .environment("ORDERS_DLQ_URL", "{orders-dlq.url}")
            .environment("PAYMENTS_LEDGER", ledger.toString())
            .start()) {
      invoke(running.uri(), Events.sqs().body(new OrderPlaced("o-1", 500, "ada")).toBytes());

      assertThat(ledger).content().startsWith("o-1 ").endsWith(" 500\n");
    }
  }

  // endregion

  private static void invoke(URI run, byte[] event) throws IOException, InterruptedException {
    URI function = run.resolve("/2015-03-31/functions/OrderHandler/invocations");
    HttpRequest request =
        HttpRequest.newBuilder(function)
            .POST(HttpRequest.BodyPublishers.ofByteArray(event))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())
        .isEqualTo("{\"batchItemFailures\":[]}");
  }
}
