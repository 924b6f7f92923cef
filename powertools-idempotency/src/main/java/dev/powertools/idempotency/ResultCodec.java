// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.json.PayloadCodec;
import dev.powertools.core.json.TypedCodec;
import dev.powertools.core.json.UnsupportedPayloadTypeException;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Turns results of one type into what a record holds, and back into a fresh object for each replay.
 * No result at all ({@code void} or {@code null}) is no data. Immutable and thread-safe.
 */
final class ResultCodec {

  private final Type type;
  private final @Nullable TypedCodec<Object> codec;
  private final int maxDataBytes;

  private ResultCodec(Type type, @Nullable TypedCodec<Object> codec, int maxDataBytes) {
    this.type = type;
    this.codec = codec;
    this.maxDataBytes = maxDataBytes;
  }

  /**
   * How an {@link Outcome} that completes is kept: by its name, so that no other work's result can
   * be taken for one, and with its reason, if it was ignored.
   */
  private record KeptOutcome(String outcome, Optional<String> reason) {

    static final KeptOutcome DONE = new KeptOutcome("done", Optional.empty());

    static KeptOutcome of(Outcome outcome) {
      return outcome instanceof Outcome.Ignored i
          ? new KeptOutcome("ignored", Optional.of(i.reason()))
          : DONE;
    }

    Outcome read() {
      if (outcome.equals("ignored")) {
        return Outcome.ignored(reason.orElse(""));
      }
      if (outcome.equals("done")) {
        return Outcome.done();
      }
      throw new IllegalArgumentException("no outcome that completes: " + outcome);
    }
  }

  /**
   * The codec of a result type.
   *
   * @throws ConfigurationException if there is none
   */
  static ResultCodec of(Type type, FunctionRuntime runtime, int maxDataBytes) {
    if (type == void.class || type == Void.class) {
      return new ResultCodec(type, null, maxDataBytes);
    }
    boolean ours = type == Outcome.class;
    PayloadCodec codecs =
        ours
            ? PayloadCodec.standard()
            : runtime.part(PayloadCodec.class, r -> PayloadCodec.standard());
    Type kept = ours ? KeptOutcome.class : type;
    try {
      @SuppressWarnings("unchecked") // it gets what the method returned, and is asked for no more
      TypedCodec<Object> codec = (TypedCodec<Object>) codecs.forType(kept);
      return new ResultCodec(type, codec, maxDataBytes);
    } catch (UnsupportedPayloadTypeException e) {
      throw new ConfigurationException(
          "the result can't be stored and read again: " + e.getMessage(), e);
    }
  }

  /**
   * Adds a result to the record that completes a claim. What can't be written, or is too large, is
   * noted as not kept: its side effects have happened, and must not be repeated. Of an outcome at
   * least that it is done is kept.
   */
  StoredRecord complete(StoredRecord.Builder record, @Nullable Object result, ClaimKey key) {
    if (codec == null || result == null) {
      return record.data(null).build();
    }
    byte[] data = null;
    if (result instanceof Outcome outcome && isOutcome()) {
      data = write(codec, KeptOutcome.of(outcome), key);
      data = data == null ? write(codec, KeptOutcome.DONE, key) : data;
    } else {
      data = write(codec, result, key);
    }
    return data == null
        ? record.content(Content.NOT_KEPT).data(null).build()
        : record.data(data).build();
  }

  private byte @Nullable [] write(TypedCodec<Object> codec, Object result, ClaimKey key) {
    try {
      byte[] data = codec.write(result);
      if (data.length <= maxDataBytes) {
        return data;
      }
      warn(key, data.length + " bytes, and the store keeps " + maxDataBytes, null);
    } catch (RuntimeException | Error e) { // whatever it is, the work is done
      warn(key, "it can't be written as JSON", e);
    }
    return null;
  }

  private void warn(ClaimKey key, String why, @Nullable Throwable failure) {
    LoggerFactory.getLogger(Idempotent.class)
        .error(
            "The result of {}, {}, is not kept: {}. The work counts as done, and later calls get "
                + (isOutcome() ? "Outcome.done()." : "a ResultNotKeptException."),
            key,
            type.getTypeName(),
            why,
            failure);
  }

  /**
   * The result that a record holds, a fresh object.
   *
   * @throws ResultNotKeptException if it holds none, or none of this type
   */
  @Nullable Object replay(StoredRecord record, ClaimKey key) {
    if (record.content() == Content.NOT_KEPT) {
      throw new ResultNotKeptException(
          key + " is done, and its result could not be kept; the log of that call says why.", null);
    }
    Optional<byte[]> data = record.data();
    return codec == null || data.isEmpty() ? null : read(codec, data.get(), key);
  }

  private @Nullable Object read(TypedCodec<Object> codec, byte[] data, ClaimKey key) {
    try {
      Object result = codec.read(data);
      return result instanceof KeptOutcome kept && isOutcome() ? kept.read() : result;
    } catch (RuntimeException e) {
      throw new ResultNotKeptException(
          key + " is done, but its stored result is no " + type.getTypeName() + ": " + e, e);
    }
  }

  private boolean isOutcome() {
    return type == Outcome.class;
  }
}
