// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.HttpProblem;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.core.json.PayloadCodec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The response to an HTTP event, in the forms that handlers give it: JSON, a map, a class with
 * setters such as those of {@code aws-lambda-java-events}, a record. One set of names serves them
 * all: {@code statusCode}, {@code headers} and {@code body} are what every gateway reads.
 */
final class HttpResponse {

  private final int status;
  private final Map<String, Object> members = new LinkedHashMap<>();

  /**
   * Renders a problem.
   *
   * @param manyValues whether a load balancer waits for {@code multiValueHeaders}, and ignores the
   *     others
   */
  HttpResponse(HttpProblem problem, boolean manyValues) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/problem+json");
    headers.putAll(problem.headers());
    this.status = problem.status();
    members.put("statusCode", problem.status());
    members.put("headers", headers);
    if (manyValues) {
      Map<String, List<String>> lists = new LinkedHashMap<>();
      headers.forEach((name, value) -> lists.put(name, List.of(value)));
      members.put("multiValueHeaders", lists);
    }
    members.put("body", body(problem));
    members.put("isBase64Encoded", false);
  }

  private static String body(HttpProblem problem) {
    byte[] json =
        new JsonWriter()
            .beginObject()
            .name("type")
            .value("about:blank")
            .name("title")
            .value(problem.title())
            .name("status")
            .value(problem.status())
            .endObject()
            .toByteArray();
    return new String(json, StandardCharsets.UTF_8);
  }

  int status() {
    return status;
  }

  byte[] json() {
    JsonWriter json = new JsonWriter();
    json.beginObject();
    members.forEach((name, value) -> json.name(name).value(value));
    return json.endObject().toByteArray();
  }

  /** As an object of a type; empty if the type can't say a status, headers and a body. */
  Optional<Object> as(Type type) {
    Class<?> raw =
        type instanceof ParameterizedType p
            ? (Class<?>) p.getRawType()
            : type instanceof Class<?> c ? c : Object.class;
    if (raw.isAssignableFrom(LinkedHashMap.class)) {
      return Optional.of(members);
    }
    try {
      return Optional.ofNullable(raw.isRecord() ? record(raw) : bean(raw));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }

  private @Nullable Object record(Class<?> type) {
    int found = 0;
    for (RecordComponent component : type.getRecordComponents()) {
      found += isEssential(component.getName()) ? 1 : 0;
    }
    return found < 3 ? null : PayloadCodec.standard().forType(type).read(json());
  }

  private @Nullable Object bean(Class<?> type) throws ReflectiveOperationException {
    Object bean = null;
    int found = 0;
    for (Method method : type.getMethods()) {
      Object value = method.getParameterCount() == 1 ? members.get(property(method)) : null;
      if (value != null) {
        bean = bean == null ? type.getConstructor().newInstance() : bean;
        set(bean, method, value);
        found += isEssential(property(method)) ? 1 : 0;
      }
    }
    return found < 3 ? null : bean;
  }

  private static void set(Object bean, Method setter, Object value)
      throws ReflectiveOperationException {
    try {
      setter.invoke(bean, value);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(setter + " throws", e);
    }
  }

  private static boolean isEssential(String member) {
    return member.equals("statusCode") || member.equals("headers") || member.equals("body");
  }

  /** The member that a setter sets; empty text if it is no setter. */
  private static String property(Method setter) {
    String name = setter.getName();
    return name.startsWith("set") && name.length() > 3
        ? name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4)
        : "";
  }
}
