// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.chain.Invocation;
import dev.powertools.core.event.EventView;
import dev.powertools.core.event.EventViewException;
import dev.powertools.core.json.CanonicalJson;
import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.idempotency.IdempotencySignal.Kind;
import dev.powertools.idempotency.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the part of a payload that must be the same in each call of a key. Immutable and
 * thread-safe.
 *
 * @param argument the argument that holds the payload
 * @param pointers to the parts; none for no validation
 */
record Validation(int argument, List<JsonPointer> pointers) {

  private static final byte[] ABSENT = "null".getBytes(StandardCharsets.US_ASCII);

  /** Compares nothing. */
  static Validation none() {
    return new Validation(0, List.of());
  }

  /** Compares what these point to. */
  static Validation of(int argument, List<String> pointers) {
    return new Validation(argument, pointers.stream().map(JsonPointer::of).toList());
  }

  /**
   * The hash of the parts; {@code null} if nothing is validated.
   *
   * @throws IdempotencyKeyException if they can't be read
   */
  @Nullable String hash(Invocation invocation) {
    if (pointers.isEmpty()) {
      return null;
    }
    EventView payload = EventView.of(invocation.argument(argument));
    MessageDigest digest = KeyBuilder.sha256();
    for (JsonPointer pointer : pointers) {
      digest.update(part(payload, pointer));
      digest.update((byte) ',');
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] part(EventView payload, JsonPointer pointer) {
    try {
      return payload.json(pointer).map(CanonicalJson::of).orElse(ABSENT);
    } catch (EventViewException | InvalidJsonException e) {
      throw new IdempotencyKeyException(
          "\"" + pointer + "\", which is to be validated, can't be read: " + e.getMessage(), e);
    }
  }

  /**
   * Compares a call with the record of the first. A record without a hash, from before there was
   * validation, has nothing to compare.
   *
   * @throws PayloadMismatchException if they differ
   */
  static void require(StoredRecord completed, KeyedCall call) {
    String mine = call.validation();
    if (mine != null && completed.validation().filter(theirs -> !theirs.equals(mine)).isPresent()) {
      call.emit(Kind.MISMATCH);
      throw new PayloadMismatchException(call.key(), completed);
    }
  }
}
