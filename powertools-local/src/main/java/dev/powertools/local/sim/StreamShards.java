// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which shard a partition key belongs to: its MD5 hash as a 128-bit number, in ranges of equal
 * size.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html#partition-key">Kinesis:
 *     partition key</a>
 */
final class StreamShards {

  private static final int HASH_BITS = 128;

  private StreamShards() {}

  /** The index of the shard, from 0. */
  static int of(String partitionKey, int shards) {
    byte[] hash = md5(partitionKey.getBytes(StandardCharsets.UTF_8));
    return new BigInteger(1, hash)
        .multiply(BigInteger.valueOf(shards))
        .shiftRight(HASH_BITS)
        .intValueExact();
  }

  /** The part of a shard that a key's records are processed in. */
  static String lane(StreamRecord record, int parallelizationFactor) {
    return record.shard() + "/" + Math.floorMod(record.key().hashCode(), parallelizationFactor);
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}
