// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.ArrayType;
import java.io.IOException;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has databind read scalars by our plans, where its own deserializers are more lenient whatever the
 * settings: {@code 200} as a byte, {@code 1e999} as infinity, epoch numbers as dates.
 *
 * <p>A property with {@code @JsonFormat} keeps databind's own deserializer.
 */
final class StrictModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  StrictModule() {
    Class<?>[] keys = {
      Integer.class, Long.class, Short.class, Byte.class, BigInteger.class, UUID.class
    };
    for (Class<?> key : keys) {
      MapKeys strict = MapKeys.of(key);
      if (strict != null) {
        addKeyDeserializer(key, new Keys(strict));
      }
    }
    setDeserializerModifier(new Modifier());
  }

  private static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription description, JsonDeserializer<?> original) {
      Class<?> handled = original.handledType(); // the description of int is that of Integer too
      return strict(handled == null ? description.getBeanClass() : handled, original);
    }

    @Override
    public JsonDeserializer<?> modifyArrayDeserializer(
        DeserializationConfig config,
        ArrayType type,
        BeanDescription description,
        JsonDeserializer<?> original) {
      boolean primitives = type.getContentType().isPrimitive();
      return primitives ? strict(type.getRawClass(), original) : original;
    }

    @Override
    public JsonDeserializer<?> modifyEnumDeserializer(
        DeserializationConfig config,
        JavaType type,
        BeanDescription description,
        JsonDeserializer<?> original) {
      return strict(type.getRawClass(), original);
    }

    private static JsonDeserializer<?> strict(Class<?> type, JsonDeserializer<?> original) {
      if (type.isRecord()) { // not ours to shortcut: a property may rename or format parts
        return original;
      }
      Plan plan = new LightPlanner(PayloadCodec.standard()).plan(type);
      return plan == null ? original : new Scalars(type, plan, original);
    }
  }

  private static final class Scalars extends StdDeserializer<Object>
      implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;
    private final transient Plan plan;
    private final transient JsonDeserializer<?> original;

    Scalars(Class<?> type, Plan plan, JsonDeserializer<?> original) {
      super(type);
      this.plan = plan;
      this.original = original;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, @Nullable BeanProperty property)
        throws JsonMappingException {
      if (property == null || property.getAnnotation(JsonFormat.class) == null) {
        return this;
      }
      return original instanceof ContextualDeserializer contextual
          ? contextual.createContextual(context, property)
          : original;
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return plan.read(parser);
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context)
        throws JsonMappingException {
      if (plan.isRequired()) {
        return context.reportInputMismatch(this, "null or nothing for %s", plan.expected());
      }
      return plan.empty();
    }
  }

  private static final class Keys extends KeyDeserializer {
    private final MapKeys keys;

    Keys(MapKeys keys) {
      this.keys = keys;
    }

    @Override
    public Object deserializeKey(String text, DeserializationContext context) throws IOException {
      Object key = keys.read(text);
      return key != null
          ? key
          : context.handleWeirdKey(keys.type(), text, "another form of key is expected");
    }
  }
}
