// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import dev.powertools.batch.RecordContext;
import dev.powertools.core.FunctionRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The payment provider of this example: every charge is one more line in its ledger, whoever asks
 * and however often; it never forgives a double charge. For customers called {@code busy-…} it has
 * time only at the third delivery.
 */
final class Ledger implements Payments {

  private static final int BUSY_DELIVERIES = 2;

  private final Path file;

  private Ledger(Path file) {
    this.file = file;
  }

  /** The ledger in the file that the environment variable {@code PAYMENTS_LEDGER} names. */
  static Ledger of(FunctionRuntime runtime) {
    return new Ledger(Path.of(runtime.config().variable("PAYMENTS_LEDGER").orElse("ledger.txt")));
  }

  @Override
  public void charge(OrderPlaced order, RecordContext message) throws IOException {
    if (order.customer().startsWith("busy-") && message.receiveCount() <= BUSY_DELIVERIES) {
      throw new PaymentsBusy(order.orderId());
    }
    String line = order.orderId() + " " + message.messageId() + " " + order.cents() + "\n";
    Files.write(
        file,
        line.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
