// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a type, or finds that the light codec has none for it.
 *
 * <p>Type variables are bound to plans rather than to types: what {@code T} is within a {@code
 * Page<Order>} is planned once, outside, and needs no substitution inside.
 */
final class LightPlanner {
  private static final String AWS_EVENTS = "com.amazonaws.services.lambda.runtime.events.";
  private static final int MAX_DEPTH = 64;

  private final PayloadCodec codecs;
  private final Map<List<Object>, RecordPlan> records = new HashMap<>();
  private final Map<Class<?>, Plan> scalars = new HashMap<>();
  private @Nullable String obstacle;
  private int depth;

  LightPlanner(PayloadCodec codecs) {
    this.codecs = codecs;
  }

  @Nullable Plan plan(Type type) {
    return plan(type, Map.of());
  }

  /** What the light codec cannot do. */
  String obstacle() {
    return String.valueOf(obstacle);
  }

  private @Nullable Plan plan(Type type, Map<TypeVariable<?>, Plan> bound) {
    if (depth == MAX_DEPTH) {
      throw new UnsupportedPayloadTypeException(
          type.getTypeName() + " is nested deeper than 64 types, or without end", null);
    }
    depth++;
    try {
      if (type instanceof Class<?> plain) {
        return ofClass(plain, bound);
      } else if (type instanceof ParameterizedType generic) {
        return ofGeneric(generic, bound);
      } else if (type instanceof WildcardType wildcard) {
        return plan(wildcard.getUpperBounds()[0], bound);
      } else if (type instanceof TypeVariable<?> variable && bound.containsKey(variable)) {
        return bound.get(variable);
      }
      return none(type, type instanceof GenericArrayType ? "is a generic array" : "is not known");
    } finally {
      depth--;
    }
  }

  private @Nullable Plan none(Type type, String why) {
    if (obstacle == null) {
      obstacle = type.getTypeName() + ", which " + why;
    }
    return null;
  }

  private @Nullable Plan ofClass(Class<?> type, Map<TypeVariable<?>, Plan> bound) {
    Plan scalar = scalar(type);
    if (scalar != null) {
      return scalar;
    }
    if (type.getName().startsWith(AWS_EVENTS)) {
      return ofAwsEvent(type);
    }
    if (type.isArray() && type != char[].class) {
      Plan element = plan(type.getComponentType(), bound);
      return element == null ? null : new ArrayPlan(type.getComponentType(), element);
    }
    if (type.isRecord() && type.getTypeParameters().length == 0) {
      return record(type, List.of());
    }
    return none(type, "is no record and no simple type");
  }

  private Plan ofAwsEvent(Class<?> type) {
    if (ResponsePlan.isFor(type)) {
      return new ResponsePlan(type, this::plan);
    }
    throw new UnsupportedPayloadTypeException(
        type.getName()
            + " is not a payload: its JSON differs from its getters, and only Lambda's own"
            + " serialisation knows how; take it as the argument of a RequestHandler, or declare"
            + " a record with what you need of it",
        null);
  }

  private @Nullable Plan scalar(Class<?> type) {
    Plan known = scalars.get(type);
    if (known == null) {
      known = newScalar(type);
      if (known != null) {
        scalars.put(type, known);
      }
    }
    return known;
  }

  private @Nullable Plan newScalar(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return new FlagPlan(type);
    } else if (type == byte[].class) {
      return new BytesPlan();
    } else if (type == Object.class) {
      return new NaturalPlan(codecs);
    } else if (type.isEnum()) {
      return JacksonAnnotations.areOn(type)
          ? none(type, "bears Jackson annotations")
          : new EnumPlan(type);
    }
    Plan number = NumberPlan.of(type);
    return number != null ? number : TextPlan.of(type);
  }

  private @Nullable Plan ofGeneric(ParameterizedType type, Map<TypeVariable<?>, Plan> bound) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == Map.class) {
      return map(arguments[0], plan(arguments[1], bound));
    }
    List<Plan> plans = new ArrayList<>();
    for (Type argument : arguments) {
      Plan plan = plan(argument, bound);
      if (plan == null) {
        return null;
      }
      plans.add(plan);
    }
    if (raw == List.class || raw == Collection.class || raw == Set.class) {
      return new CollectionPlan(plans.get(0), raw == Set.class);
    } else if (raw == Optional.class) {
      return new OptionalPlan(plans.get(0));
    }
    return raw.isRecord() ? record(raw, plans) : none(type, "is no record and no simple type");
  }

  private @Nullable Plan map(Type keyType, @Nullable Plan value) {
    MapKeys keys =
        keyType instanceof Class<?> key && !JacksonAnnotations.areOn(key) ? MapKeys.of(key) : null;
    if (keys == null) {
      return none(keyType, "is no simple map key");
    }
    return value == null ? null : new MapPlan(keys, value);
  }

  private @Nullable Plan record(Class<?> type, List<Plan> arguments) {
    List<Object> key = new ArrayList<>(arguments);
    key.add(type);
    RecordPlan known = records.get(key);
    if (known != null) {
      return known;
    }
    RecordComponent[] components = type.getRecordComponents();
    Constructor<?> constructor = constructor(type, components);
    if (constructor == null || JacksonAnnotations.areOn(type)) {
      return none(type, constructor == null ? "is not accessible" : "bears Jackson annotations");
    }
    RecordPlan plan = new RecordPlan(RecordShape.of(type), constructor);
    records.put(key, plan);
    Map<TypeVariable<?>, Plan> bound = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      bound.put(type.getTypeParameters()[i], arguments.get(i));
    }
    for (int i = 0; i < components.length; i++) {
      Plan component = plan(components[i].getGenericType(), bound);
      if (component == null) {
        return null;
      }
      plan.component(i, component);
    }
    return plan;
  }

  private static @Nullable Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.trySetAccessible() && RecordShape.of(type).isReadable()
          ? constructor
          : null;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every record has its canonical constructor", e);
    }
  }
}
