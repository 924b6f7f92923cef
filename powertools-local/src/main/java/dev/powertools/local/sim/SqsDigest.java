// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The digests that SQS answers with and its clients check.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation">MD5
 *     of message attributes</a>
 */
final class SqsDigest {

  private static final byte TEXT = 1;
  private static final byte BINARY = 2;

  private SqsDigest() {}

  static String ofBody(String body) {
    return hex(digest("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
  }

  /** The deduplication id of a message that has none, on a queue that goes by content. */
  static String contentId(String body) {
    return hex(digest("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
  }

  /** Null if there is none. */
  static @Nullable String ofAttributes(Map<String, SqsAttribute> sorted) {
    if (sorted.isEmpty()) {
      return null;
    }
    MessageDigest md5 = digest("MD5");
    sorted.forEach(
        (name, attribute) -> {
          update(md5, name.getBytes(StandardCharsets.UTF_8));
          update(md5, attribute.type().getBytes(StandardCharsets.UTF_8));
          md5.update(attribute.isBinary() ? BINARY : TEXT);
          update(md5, attribute.bytes());
        });
    return hex(md5.digest());
  }

  private static void update(MessageDigest md5, byte[] bytes) {
    md5.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    md5.update(bytes);
  }

  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder();
    for (byte b : bytes) {
      hex.append(String.format(Locale.ROOT, "%02x", b));
    }
    return hex.toString();
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has " + algorithm, e);
    }
  }
}
