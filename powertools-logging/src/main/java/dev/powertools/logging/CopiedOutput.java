// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes everything on, and keeps a copy of the beginning. As thread-safe as what is under it. */
final class CopiedOutput extends FilterOutputStream {

  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
  private final int limit;

  CopiedOutput(OutputStream out, int limit) {
    super(out);
    this.limit = Math.min(limit, Integer.MAX_VALUE - 1);
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    if (copy.size() <= limit) {
      copy.write(b);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    copy.write(bytes, from, Math.min(length, Math.max(0, limit + 1 - copy.size())));
  }

  /** The beginning of what was written, one byte over the limit at most. */
  byte[] bytes() {
    return copy.toByteArray();
  }
}
