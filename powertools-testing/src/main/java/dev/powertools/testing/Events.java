// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.powertools.core.json.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes event objects as the bytes that the platform would send. */
final class Events {

  private static final String AWS_EVENTS = "com.amazonaws.services.lambda.runtime.events.";

  private Events() {}

  static byte[] json(@Nullable Object event) {
    if (event == null) {
      return "null".getBytes(StandardCharsets.UTF_8);
    }
    if (isAwsType(event.getClass())) {
      return awsEvent(event);
    }
    return isPlain(event) ? plain(event) : bean(event);
  }

  /** What is not plain is a bean, and written as the platform's client would write it. */
  private static boolean isPlain(Object event) {
    return event instanceof Record
        || event instanceof Map
        || event instanceof Iterable
        || event.getClass().isArray()
        || event.getClass().getName().startsWith("java.");
  }

  private static byte[] plain(Object event) {
    JsonWriter writer = new JsonWriter();
    writer.value(event);
    return writer.toByteArray();
  }

  private static byte[] bean(Object event) {
    @SuppressWarnings("unchecked") // the serialiser is looked up for the event's own class
    Class<Object> type = (Class<Object>) event.getClass();
    return written(JacksonFactory.getInstance().getSerializer(type), event);
  }

  private static byte[] awsEvent(Object event) {
    @SuppressWarnings("unchecked") // the serialiser is looked up for the event's own class
    Class<Object> type = (Class<Object>) event.getClass();
    PojoSerializer<Object> serializer =
        LambdaEventSerializers.serializerFor(type, type.getClassLoader());
    return written(serializer, event);
  }

  /** Reads an event or response of aws-lambda-java-events as the platform would. */
  static <T> @Nullable T awsObject(byte[] json, Class<T> type) {
    return LambdaEventSerializers.serializerFor(type, type.getClassLoader())
        .fromJson(new ByteArrayInputStream(json));
  }

  static boolean isAwsType(Class<?> type) {
    return type.getName().startsWith(AWS_EVENTS);
  }

  private static byte[] written(PojoSerializer<Object> serializer, Object event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    serializer.toJson(event, bytes);
    return bytes.toByteArray();
  }
}
