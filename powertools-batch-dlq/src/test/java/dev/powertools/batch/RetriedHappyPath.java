// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.Outcome;
import dev.powertools.retry.Retry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** As {@link HappyPath}, with {@link Retry}; with an argument the first attempt fails. */
final class RetriedHappyPath {

  private RetriedHappyPath() {}

  static final class Orders extends SqsBatchHandler<String> {

    private boolean failing;

    Orders(boolean failing) {
      this.failing = failing;
    }

    @Override
    @Retry(base = "1ms", max = "1ms")
    protected Outcome onRecord(String order, RecordContext record) throws IOException {
      if (failing) {
        failing = false;
        throw new IOException("busy");
      }
      return Outcome.done();
    }
  }

  public static void main(String[] args) throws IOException {
    byte[] event = SqsBatchHandlerTest.event("a", "b").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Orders(args.length > 0).handleRequest(new ByteArrayInputStream(event), out, null);
    System.out.println("response " + out.toString(StandardCharsets.UTF_8));
  }
}
