// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.json.PayloadCodec;
import dev.powertools.core.json.TypedCodec;
import dev.powertools.core.json.UnsupportedPayloadTypeException;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns results of one type into JSON, and back into a fresh object for each replay. No result at
 * all ({@code void} or {@code null}) is no JSON. Immutable and thread-safe.
 */
final class ResultCodec {

  private final Type type;
  private final @Nullable TypedCodec<Object> codec;
  private final boolean immutable;

  private ResultCodec(Type type, @Nullable TypedCodec<Object> codec) {
    this.type = type;
    this.codec = codec;
    this.immutable = ImmutableTypes.include(type);
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
      if ("ignored".equals(outcome)) {
        return Outcome.ignored(reason.orElse(""));
      }
      if ("done".equals(outcome)) {
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
  static ResultCodec of(Type type, FunctionRuntime runtime) {
    if (type == void.class || type == Void.class) {
      return new ResultCodec(type, null);
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
      return new ResultCodec(type, codec);
    } catch (UnsupportedPayloadTypeException e) {
      throw new ConfigurationException(
          "the result can't be stored and read again: " + e.getMessage(), e);
    }
  }

  /** The result as JSON; {@code null} for no result. Throws whatever goes wrong in that. */
  byte @Nullable [] write(@Nullable Object result) {
    if (codec == null || result == null) {
      return null;
    }
    return codec.write(
        isOutcome() && result instanceof Outcome outcome ? KeptOutcome.of(outcome) : result);
  }

  /** What is kept at least: of an outcome, that the work is done; of anything else, nothing. */
  byte @Nullable [] least() {
    return codec != null && isOutcome() ? codec.write(KeptOutcome.DONE) : null;
  }

  /**
   * The result that is stored, a fresh object.
   *
   * @throws ResultUnreadableException if it is none of this type
   */
  @Nullable Object read(byte @Nullable [] json, ClaimKey key) {
    if (codec == null || json == null) {
      return null;
    }
    try {
      Object result = codec.read(json);
      return isOutcome() && result instanceof KeptOutcome kept ? kept.read() : result;
    } catch (RuntimeException e) {
      throw new ResultUnreadableException(
          key
              + " is done, but its stored result is no "
              + type.getTypeName()
              + ", which the method returns now: "
              + e,
          e);
    }
  }

  /** Whether nobody can change a result, so that several callers can share it. */
  boolean isImmutable() {
    return immutable;
  }

  private boolean isOutcome() {
    return type == Outcome.class;
  }

  @Override
  public String toString() {
    return type.getTypeName();
  }
}
