// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.powertools.idempotency.Idempotent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Door 1 of a stream handler. */
public class WovenStreamShop implements RequestStreamHandler {

  @Override
  @Idempotent(name = "stream", key = "/orderId")
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    byte[] event = in.readAllBytes();
    int number = Shop.current().charge("o-1", event.length).number();
    out.write(("\"charge " + number + "\"").getBytes(StandardCharsets.UTF_8));
  }
}
