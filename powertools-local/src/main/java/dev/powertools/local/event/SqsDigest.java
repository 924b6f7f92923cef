// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The digests by which SQS lets consumers check a message.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation">Calculating
 *     the MD5 message digest for message attributes</a>
 */
final class SqsDigest {

  private static final byte TEXT = 1;
  private static final byte BINARY = 2;

  private SqsDigest() {}

  static String md5(String body) {
    return hex(digest("MD5").digest(utf8(body)));
  }

  static String sha256(String body) {
    return hex(digest("SHA-256").digest(utf8(body)));
  }

  /** Name, type and value of each attribute, with their lengths before them, sorted by name. */
  static String md5(Map<String, SqsAttribute> attributes) {
    MessageDigest md5 = digest("MD5");
    new TreeMap<>(attributes)
        .forEach(
            (name, attribute) -> {
              update(md5, utf8(name));
              update(md5, utf8(attribute.dataType()));
              md5.update(attribute.isText() ? TEXT : BINARY);
              update(md5, attribute.bytes());
            });
    return hex(md5.digest());
  }

  private static void update(MessageDigest md5, byte[] bytes) {
    md5.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    md5.update(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has " + algorithm, e);
    }
  }
}
