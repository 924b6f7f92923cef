// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * Keeps results that are too large for a record: in a bucket, say. A part of the runtime; without
 * one such results are not kept. Thread-safe.
 */
public interface ResultSpill {

  /**
   * Keeps bytes under a new reference; never in the place of others, since a call whose claim was
   * taken over may spill too.
   *
   * @param result any bytes, which nobody changes
   * @param expiry until when they are needed; later they may be forgotten
   * @return where they are, at most some hundred characters, which the record keeps
   */
  String put(byte[] result, Instant expiry);

  /**
   * What is kept under a reference; empty if it is gone for good. A failure that may pass throws.
   */
  Optional<byte[]> get(String reference);
}
