// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The floor: bytes in, bytes out, nothing parsed. */
public class BareStreamHandler implements RequestStreamHandler {

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    int length = in.readAllBytes().length;
    out.write(("\"handled " + length + "\"").getBytes(StandardCharsets.UTF_8));
  }
}
