// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.powertools.core.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what users give as body, detail or event. */
final class Payload {

  private static final String AWS_EVENTS = "com.amazonaws.services.lambda.runtime.events.";

  private Payload() {}

  /** Text as it is, anything else as its JSON. */
  static String text(Object value) {
    return value instanceof CharSequence chars
        ? chars.toString()
        : new String(json(value), StandardCharsets.UTF_8);
  }

  /** Bytes as they are, text in UTF-8, anything else as its JSON. */
  static byte[] bytes(Object value) {
    return value instanceof byte[] bytes
        ? bytes.clone()
        : text(value).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A value as JSON: events of AWS's library and beans as the platform's own client writes them.
   */
  static byte[] json(@Nullable Object value) {
    if (value instanceof Event event) {
      return event.toBytes();
    }
    if (value == null || isPlain(value)) {
      JsonWriter writer = new JsonWriter();
      writer.value(value);
      return writer.toByteArray();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    serializer(value).toJson(value, bytes);
    return bytes.toByteArray();
  }

  private static PojoSerializer<Object> serializer(Object value) {
    @SuppressWarnings("unchecked") // the serialiser is looked up for the value's own class
    Class<Object> type = (Class<Object>) value.getClass();
    return type.getName().startsWith(AWS_EVENTS)
        ? LambdaEventSerializers.serializerFor(type, type.getClassLoader())
        : JacksonFactory.getInstance().getSerializer(type);
  }

  /** What is not plain is a bean. */
  private static boolean isPlain(Object value) {
    return value instanceof Record
        || value instanceof Map
        || value instanceof Iterable
        || value instanceof Enum
        || value instanceof Optional
        || value.getClass().isArray()
        || value.getClass().getName().startsWith("java.");
  }
}
