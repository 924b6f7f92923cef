// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.idempotency.spi.ResultSpill;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Puts the results of one piece of work into records, and gets them out again. When a result is
 * there its side effects have happened, so whatever is wrong with it, the record is completed: with
 * the result as it is, or compressed, or spilled, or else with the note that it is not kept. Of an
 * outcome at least that the work is done is kept. Thread-safe.
 */
final class KeptResults {

  /** No codec reads more, see {@link dev.powertools.core.json.PayloadCodec#standard()}. */
  private static final int MAX_JSON_BYTES = 8 * 1024 * 1024;

  private final ResultCodec codec;
  private final int maxDataBytes;
  private final @Nullable ResultSpill spill;

  KeptResults(ResultCodec codec, FunctionRuntime runtime, int maxDataBytes) {
    this.codec = codec;
    this.maxDataBytes = maxDataBytes;
    this.spill = runtime.part(ResultSpill.class).orElse(null);
  }

  /** The record that completes a claim, with its result. */
  StoredRecord complete(StoredRecord completed, @Nullable Object result, ClaimKey key) {
    try {
      byte[] json = codec.write(result);
      if (json == null) {
        return with(completed, Content.RESULT, null);
      }
      StoredRecord record = keep(completed, json);
      if (record != null) {
        return record;
      }
      warn(key, json.length + " bytes, and the store keeps " + maxDataBytes, null);
    } catch (RuntimeException | Error e) { // whatever it is, the work is done
      warn(key, "it can't be written", e);
    }
    byte[] least = codec.least();
    return least != null && least.length <= maxDataBytes
        ? with(completed, Content.RESULT, least)
        : with(completed, Content.NOT_KEPT, null);
  }

  private @Nullable StoredRecord keep(StoredRecord completed, byte[] json) {
    if (json.length > MAX_JSON_BYTES) {
      return null;
    }
    if (json.length <= maxDataBytes) {
      return with(completed, Content.RESULT, json);
    }
    byte[] packed = Deflated.of(json);
    if (packed.length <= maxDataBytes) {
      return with(completed, Content.COMPRESSED_RESULT, packed);
    }
    if (spill == null) {
      return null;
    }
    String reference = put(spill, packed, completed.expiry());
    return with(completed, Content.SPILLED_RESULT, reference.getBytes(StandardCharsets.UTF_8));
  }

  private static String put(ResultSpill spill, byte[] packed, Instant expiry) {
    try (InterruptAside aside = new InterruptAside()) {
      return spill.put(packed, expiry);
    }
  }

  private static StoredRecord with(
      StoredRecord completed, Content content, byte @Nullable [] data) {
    return completed.toBuilder().content(content).data(data).build();
  }

  private void warn(ClaimKey key, String why, @Nullable Throwable failure) {
    LoggerFactory.getLogger(Idempotent.class)
        .error(
            "The result of {}, {}, is not kept: {}. The work counts as done, and later calls get "
                + (codec.least() == null ? "a ResultNotKeptException." : "Outcome.done()."),
            key,
            codec,
            why,
            failure);
  }

  /**
   * The JSON of the result that a record holds; {@code null} for no result.
   *
   * @throws ResultNotKeptException if it was not kept, or is gone
   * @throws ResultUnreadableException if it can't be read
   * @throws IdempotencyStoreException if it can't be had now
   */
  byte @Nullable [] json(StoredRecord completed, ClaimKey key) {
    byte[] data = completed.data().orElse(null);
    return switch (completed.content()) {
      case RESULT -> data;
      case COMPRESSED_RESULT -> open(data, key);
      case SPILLED_RESULT -> open(spilled(data, key), key);
      case NOT_KEPT ->
          throw new ResultNotKeptException(
              key + " is done, and its result could not be kept; the log of that call says why.",
              null);
      case FAILURE -> throw new IllegalStateException("a failure is no result: " + completed);
    };
  }

  private static byte[] open(byte @Nullable [] packed, ClaimKey key) {
    try {
      return Deflated.open(packed == null ? new byte[0] : packed, MAX_JSON_BYTES);
    } catch (UncheckedIOException e) {
      throw new ResultUnreadableException(
          key + " is done, but its compressed result can't be read: " + e.getMessage(), e);
    }
  }

  private byte[] spilled(byte @Nullable [] data, ClaimKey key) {
    String reference = new String(data == null ? new byte[0] : data, StandardCharsets.UTF_8);
    if (spill == null) {
      throw new ResultNotKeptException(
          key
              + " is done, and its result was spilled to "
              + reference
              + ", but this runtime has no ResultSpill part to read it with.",
          null);
    }
    return fetch(spill, reference, key)
        .orElseThrow(
            () ->
                new ResultNotKeptException(
                    key + " is done, but its result is no longer at " + reference + ".", null));
  }

  private static Optional<byte[]> fetch(ResultSpill spill, String reference, ClaimKey key) {
    try (InterruptAside aside = new InterruptAside()) {
      return spill.get(reference);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      throw new IdempotencyStoreException(
          key + " is done, but its result at " + reference + " can't be had now: " + e, e);
    }
  }
}
