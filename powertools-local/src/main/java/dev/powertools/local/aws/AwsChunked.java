// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The content coding {@code aws-chunked}: chunks whose heads carry signatures, and a trailer with a
 * checksum. Neither is checked.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Signature
 *     calculations for chunked uploads</a>
 */
final class AwsChunked {

  private AwsChunked() {}

  static byte[] decode(byte[] framed) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(framed.length);
    int at = 0;
    while (true) {
      int lineEnd = lineEnd(framed, at);
      String head = new String(framed, at, lineEnd - at, StandardCharsets.US_ASCII);
      int size = size(head);
      int start = lineEnd + 2;
      if (size == 0) {
        return content.toByteArray();
      }
      if (size > framed.length - start) {
        throw malformed();
      }
      content.write(framed, start, size);
      at = start + size + 2;
    }
  }

  private static int lineEnd(byte[] framed, int from) {
    for (int i = from; i + 1 < framed.length; i++) {
      if (framed[i] == '\r' && framed[i + 1] == '\n') {
        return i;
      }
    }
    throw malformed();
  }

  private static int size(String head) {
    try {
      return Integer.parseUnsignedInt(head.replaceFirst(";.*", ""), 16);
    } catch (NumberFormatException e) {
      throw malformed();
    }
  }

  private static S3Refusal malformed() {
    return S3Refusal.of(
        400, "IncompleteBody", "The request body terminated unexpectedly, or is no aws-chunked");
  }
}
