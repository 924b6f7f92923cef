// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.json.PayloadCodec;
import dev.powertools.core.json.TypedCodec;
import dev.powertools.core.json.UndecodablePayloadException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies as payloads of one type: {@code String} is the body as it is, {@code byte[]} its
 * UTF-8 bytes, anything else is JSON, of which null is refused. Thread-safe.
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

  private Object decoded(TypedCodec<?> decoder, String recordId, byte[] bytes) {
    Object payload;
    try {
      payload = decoder.read(bytes);
    } catch (UndecodablePayloadException e) {
      throw new UndecodableRecordException(recordId, type, String.valueOf(e.getMessage()), e);
    }
    if (payload == null) {
      throw new UndecodableRecordException(recordId, type, "it is the JSON null", null);
    }
    return payload;
  }
}
