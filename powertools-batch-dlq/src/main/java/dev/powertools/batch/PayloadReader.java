// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.json.PayloadCodec;
import dev.powertools.core.json.TypedCodec;
import dev.powertools.core.json.UndecodablePayloadException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads payloads of one type: {@code String} is the text as it is, {@code byte[]} its UTF-8 bytes,
 * anything else is JSON, of which null is refused. Thread-safe.
 */
final class PayloadReader {

  private final Type type;
  private final @Nullable TypedCodec<?> codec;

  private PayloadReader(Type type, @Nullable TypedCodec<?> codec) {
    this.type = type;
    this.codec = codec;
  }

  /**
   * The reader of a type.
   *
   * @throws dev.powertools.core.json.UnsupportedPayloadTypeException if nothing reads it
   */
  static PayloadReader of(Type type, FunctionRuntime runtime) {
    if (type == String.class || type == byte[].class) {
      return new PayloadReader(type, null);
    }
    PayloadCodec codecs = runtime.part(PayloadCodec.class, r -> PayloadCodec.standard());
    return new PayloadReader(type, codecs.forType(type));
  }

  /**
   * Reads one body.
   *
   * @throws UndecodableRecordException if it is not of the type
   */
  Object read(String recordId, String body) {
    if (type == String.class) {
      return body;
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return codec == null ? bytes : decoded(codec, recordId, bytes);
  }

  /**
   * Reads the bytes of a record.
   *
   * @throws UndecodableRecordException if they are not of the type
   */
  Object read(String recordId, RecordBytes bytes) {
    byte[] shared = bytes.shared();
    if (bytes == RecordBytes.UNREADABLE) {
      throw refused(recordId, "it is no Base64", null);
    }
    return shared == null ? none(recordId) : read(recordId, shared);
  }

  /** As {@link #read(String, RecordBytes)}, of bytes that are there. */
  Object read(String recordId, byte[] bytes) {
    if (type == String.class) {
      return text(recordId, bytes);
    }
    return codec == null ? bytes : decoded(codec, recordId, bytes);
  }

  private String text(String recordId, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw refused(recordId, "it is no UTF-8", e);
    }
  }

  /**
   * What a record without a payload is read as.
   *
   * @throws UndecodableRecordException if the type has no such value
   */
  private Object none(String recordId) {
    if (type instanceof ParameterizedType optional && optional.getRawType() == Optional.class) {
      return Optional.empty();
    }
    String problem =
        "it has no value (a tombstone). Take Optional<" + type.getTypeName() + "> to handle those";
    throw refused(recordId, problem, null);
  }

  /** Says that a record is not of the type. */
  UndecodableRecordException refused(String recordId, String problem, @Nullable Throwable cause) {
    return new UndecodableRecordException(recordId, type, problem, cause);
  }

  private Object decoded(TypedCodec<?> decoder, String recordId, byte[] bytes) {
    Object payload;
    try {
      payload = decoder.read(bytes);
    } catch (UndecodablePayloadException e) {
      throw refused(recordId, String.valueOf(e.getMessage()), e);
    }
    if (payload == null) {
      throw refused(recordId, "it is the JSON null", null);
    }
    return payload;
  }
}
