// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Bytes in zlib format (RFC 1950). */
final class Deflated {

  private Deflated() {}

  /** Compresses. */
  static byte[] of(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is read or written but memory
    }
    return packed.toByteArray();
  }

  /**
   * What was compressed.
   *
   * @throws UncheckedIOException if it is not of the format, or longer than {@code most}
   */
  static byte[] open(byte[] packed, int most) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException("more than " + most + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
