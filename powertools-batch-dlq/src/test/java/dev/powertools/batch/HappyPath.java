// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The main class of the process that {@link LoadedClassesTest} starts. */
final class HappyPath {

  private HappyPath() {}

  record Order(String orderId, long cents) {}

  static final class Orders extends SqsBatchHandler<Order> {
    @Override
    protected Outcome onRecord(Order order, RecordContext record) {
      return order.cents() == 0 ? Outcome.ignored("nothing to pay") : Outcome.done();
    }
  }

  public static void main(String[] args) throws IOException {
    String event =
        SqsBatchHandlerTest.event(
                "{\"orderId\":\"a\",\"cents\":1}", "{\"orderId\":\"b\",\"cents\":0}")
            .replace("\"body\"", "\"receiptHandle\":\"r\",\"body\"");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Orders()
        .handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
    System.out.println("response " + out.toString(StandardCharsets.UTF_8));
  }
}
