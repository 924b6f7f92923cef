// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFilter;
import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializer;
import com.fasterxml.jackson.databind.ser.PropertyWriter;
import dev.powertools.core.redact.Sensitive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a class as databind finds them: their names, and what its annotations leave out.
 * Their values are read here one by one and written by {@link AnyValue}, so that a getter that
 * throws costs one member, cycles end, limits hold and secrets are masked. Where an annotation says
 * how a value looks, databind writes that value, and a class that has a serializer of its own as a
 * whole. Thread-safe.
 */
final class BeanMembers {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(
              SerializationFeature.FAIL_ON_EMPTY_BEANS,
              SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  /** Annotations that say nothing about how a value looks. */
  private static final Set<Class<? extends Annotation>> OF_NAMES =
      Set.of(JsonProperty.class, JsonGetter.class, JsonInclude.class, JsonAlias.class);

  private static final ClassValue<BeanMembers> FOUND =
      new ClassValue<>() {
        @Override
        protected BeanMembers computeValue(Class<?> type) {
          return find(type);
        }
      };

  private final @Nullable List<Member> members;

  private BeanMembers(@Nullable List<Member> members) {
    this.members = members;
  }

  private record Member(BeanPropertyWriter writer, boolean sensitive, boolean formatted) {}

  static BeanMembers of(Class<?> type) {
    return FOUND.get(type);
  }

  private static BeanMembers find(Class<?> type) {
    JavaType javaType = MAPPER.constructType(type);
    BeanDescription description = MAPPER.getSerializationConfig().introspect(javaType);
    try {
      JsonSerializer<?> serializer =
          MAPPER.getSerializerProviderInstance().findValueSerializer(javaType);
      boolean plain =
          serializer.getClass() == BeanSerializer.class
              && description.findAnyGetter() == null
              && !description.getClassAnnotations().has(JsonFilter.class);
      return new BeanMembers(plain ? members(type, serializer.properties()) : null);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<Member> members(Class<?> type, Iterator<PropertyWriter> properties) {
    Set<String> sensitive = sensitiveFields(type);
    List<Member> members = new ArrayList<>();
    while (properties.hasNext()) {
      if (properties.next() instanceof BeanPropertyWriter writer) {
        members.add(new Member(writer, isSensitive(writer, sensitive), isFormatted(writer)));
      }
    }
    return List.copyOf(members);
  }

  private static Set<String> sensitiveFields(Class<?> type) {
    Set<String> names = new HashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.isAnnotationPresent(Sensitive.class)
            && !Modifier.isStatic(field.getModifiers())) {
          names.add(field.getName().toLowerCase(java.util.Locale.ROOT));
        }
      }
    }
    return names;
  }

  /** By the annotation on any part of the property, which databind may have renamed. */
  private static boolean isSensitive(BeanPropertyWriter writer, Set<String> fields) {
    String accessor = writer.getMember().getName().toLowerCase(java.util.Locale.ROOT);
    return writer.getAnnotation(Sensitive.class) != null
        || fields.contains(accessor)
        || fields.contains(accessor.replaceFirst("^(get|is)", ""))
        || (accessor.startsWith("is") && fields.contains("is" + accessor.substring(2)));
  }

  private static boolean isFormatted(BeanPropertyWriter writer) {
    for (Annotation annotation : writer.getMember().getAllAnnotations().annotations()) {
      Class<? extends Annotation> type = annotation.annotationType();
      if (type.getName().startsWith("com.fasterxml.jackson.") && !OF_NAMES.contains(type)) {
        return true;
      }
    }
    return writer.isUnwrapping();
  }

  /** Whether the class is written by its members, and not by a serializer of its own. */
  boolean areKnown() {
    return members != null;
  }

  int size() {
    return members == null ? 0 : members.size();
  }

  private Member member(int i) {
    if (members == null) {
      throw new IllegalStateException("no members are known");
    }
    return members.get(i);
  }

  String name(int i) {
    return member(i).writer.getName();
  }

  /** What is called to read it, for people. */
  String accessor(int i) {
    return member(i).writer.getMember().getName() + "()";
  }

  boolean isSensitive(int i) {
    return member(i).sensitive;
  }

  boolean leavesOutNull(int i) {
    return member(i).writer.willSuppressNulls();
  }

  @Nullable Object read(Object bean, int i) throws Exception {
    Member member = member(i);
    return member.formatted ? formatted(bean, member.writer) : member.writer.get(bean);
  }

  private static @Nullable Object formatted(Object bean, BeanPropertyWriter writer)
      throws Exception {
    Bounded json = new Bounded();
    try (JsonGenerator generator = MAPPER.createGenerator(json)) {
      generator.writeStartObject();
      writer.serializeAsField(bean, generator, MAPPER.getSerializerProviderInstance());
      generator.writeEndObject();
    }
    Object tree = json.tree();
    return tree instanceof Map<?, ?> map && (map.isEmpty() || map.containsKey(writer.getName()))
        ? map.get(writer.getName())
        : tree; // unwrapped
  }

  /** What the class's own serializer makes of an object, as a tree. */
  @Nullable Object tree(Object bean) {
    Bounded json = new Bounded();
    try {
      MAPPER.writeValue(json, bean);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return json.tree();
  }

  /** Refuses to grow without end. */
  private static final class Bounded extends ByteArrayOutputStream {
    private static final int MAX_BYTES = 1024 * 1024;

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      if (size() + length > MAX_BYTES) {
        throw new IllegalStateException("more than " + MAX_BYTES + " bytes");
      }
      super.write(bytes, from, length);
    }

    @Nullable Object tree() {
      return JsonTree.read(toByteArray(), JsonTree.Duplicates.MARK);
    }
  }
}
