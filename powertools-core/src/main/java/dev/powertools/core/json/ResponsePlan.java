// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP responses of {@code aws-lambda-java-events}. Of all the classes there, these are the
 * ones whose members on the wire are called as their setters say, so that they can be kept and read
 * again. Members that are null are left out.
 */
final class ResponsePlan extends Plan {

  private static final Set<String> TYPES =
      Set.of(
          "APIGatewayProxyResponseEvent",
          "APIGatewayV2HTTPResponse",
          "APIGatewayV2WebSocketResponse",
          "ApplicationLoadBalancerResponseEvent");

  private final Constructor<?> constructor;
  private final Map<String, Member> members = new TreeMap<>();

  private record Member(Method getter, Method setter, Plan plan) {}

  /** Makes the plan of a member's type; {@code null} if there is none. */
  interface MemberPlans {
    @Nullable Plan plan(Type type);
  }

  /** Whether a class of the events is such a response. */
  static boolean isFor(Class<?> type) {
    return TYPES.contains(type.getSimpleName());
  }

  ResponsePlan(Class<?> type, MemberPlans plans) {
    try {
      this.constructor = type.getConstructor();
    } catch (NoSuchMethodException e) {
      throw new UnsupportedPayloadTypeException(type.getName() + " has no constructor", e);
    }
    Map<String, Method> getters = new TreeMap<>();
    for (Method method : type.getMethods()) {
      if (method.getParameterCount() == 0) {
        getters.put(method.getName(), method);
      }
    }
    for (Method setter : type.getMethods()) {
      String name = setter.getName();
      if (setter.getParameterCount() == 1 && name.startsWith("set")) {
        Method getter = getters.get("get" + name.substring(3));
        getter = getter == null ? getters.get("is" + name.substring(3)) : getter;
        if (getter != null) {
          members.put(
              name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4),
              new Member(getter, setter, plan(getter, plans)));
        }
      }
    }
  }

  private static Plan plan(Method getter, MemberPlans plans) {
    Plan plan = plans.plan(getter.getGenericReturnType());
    if (plan == null) {
      throw new UnsupportedPayloadTypeException(getter + " returns what can't be read again", null);
    }
    return plan;
  }

  @Override
  String expected() {
    return constructor.getDeclaringClass().getName();
  }

  @Override
  Object read(JsonParser parser) throws IOException {
    expect(parser, JsonToken.START_OBJECT);
    try {
      Object response = constructor.newInstance();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        Member member = members.get(name);
        parser.nextToken();
        if (member == null) {
          parser.skipChildren();
        } else {
          member.setter.invoke(response, member.plan.readOrEmpty(parser));
        }
      }
      return response;
    } catch (ReflectiveOperationException e) {
      throw mismatch(parser, e);
    }
  }

  @Override
  void write(Object response, JsonWriter out) {
    out.beginObject();
    members.forEach(
        (name, member) -> {
          Object value = value(member, response);
          if (value != null) {
            out.name(name);
            member.plan.writeOrNull(value, out);
          }
        });
    out.endObject();
  }

  private @Nullable Object value(Member member, Object response) {
    try {
      return member.getter.invoke(response);
    } catch (ReflectiveOperationException e) {
      throw new UnencodablePayloadException(
          expected() + "." + member.getter.getName() + "() failed", e);
    }
  }
}
