// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Jackson databind, made as strict as the light codec. Nothing of it is loaded until a type needs
 * it.
 */
final class DatabindCodecs {
  private static final JsonMapper MAPPER = mapper();

  private DatabindCodecs() {}

  @SuppressWarnings(
      "deprecation") // canDeserialize: nothing else finds out before the first payload
  static TypedCodec<?> forType(Type type) {
    JavaType javaType = MAPPER.constructType(type);
    AtomicReference<Throwable> cause = new AtomicReference<>();
    if (isOpen(javaType) || !MAPPER.canDeserialize(javaType, cause)) {
      throw unsupported(type, cause.get());
    }
    return new DatabindCodec<>(type, MAPPER.readerFor(javaType), MAPPER.writerFor(javaType));
  }

  /** An abstract type of the user's that does not say how to find its concrete one. */
  private static boolean isOpen(JavaType type) {
    Class<?> raw = type.getRawClass();
    return type.isAbstract()
        && !type.isContainerType()
        && !type.isPrimitive()
        && !raw.getName().startsWith("java.")
        && !JacksonAnnotations.areOn(raw);
  }

  private static UnsupportedPayloadTypeException unsupported(Type type, @Nullable Throwable cause) {
    return new UnsupportedPayloadTypeException(
        "Jackson cannot read "
            + type.getTypeName()
            + "; give it a constructor that Jackson can use (@JsonCreator), or use a record",
        cause);
  }

  private static JsonMapper mapper() {
    return JsonMapper.builder(JsonParsers.strictFactory())
        .enable(
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
            DeserializationFeature.USE_LONG_FOR_INTS)
        .disable(
            DeserializationFeature.ACCEPT_FLOAT_AS_INT,
            DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
        .disable(
            SerializationFeature.FAIL_ON_EMPTY_BEANS,
            SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
            SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfigDefaults(
            config -> {
              for (CoercionInputShape shape : CoercionInputShape.values()) {
                config.setCoercion(shape, CoercionAction.Fail);
              }
            })
        .addModules(new Jdk8Module(), new JavaTimeModule(), new StrictModule())
        .build();
  }
}
