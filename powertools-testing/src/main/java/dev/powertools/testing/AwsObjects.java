// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Events and responses of aws-lambda-java-events, read as the platform reads them. */
final class AwsObjects {

  private static final String PACKAGE = "com.amazonaws.services.lambda.runtime.events.";

  private AwsObjects() {}

  static boolean isOne(Class<?> type) {
    return type.getName().startsWith(PACKAGE);
  }

  static <T> @Nullable T read(byte[] json, Class<T> type) {
    return LambdaEventSerializers.serializerFor(type, type.getClassLoader())
        .fromJson(new ByteArrayInputStream(json));
  }

  /** Chooses the reader as the platform's client does for a handler's parameter. */
  static @Nullable Object readAs(byte[] json, Type type) {
    PojoSerializer<?> reader =
        type instanceof Class<?> known
                && LambdaEventSerializers.isLambdaSupportedEvent(known.getName())
            ? LambdaEventSerializers.serializerFor(known, known.getClassLoader())
            : JacksonFactory.getInstance().getSerializer(type);
    return reader.fromJson(new ByteArrayInputStream(json));
  }
}
