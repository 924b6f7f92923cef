// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says why the platform can't make a handler, and what to do: by a look at the class, which is not
 * initialised. It is asked after the platform has refused, and so never refuses what the platform
 * takes; but for overloads between which the platform chooses by chance.
 *
 * <p>Types are told by name, since the class may come from a loader of its own.
 */
final class HandlerCheck {
  private static final String MALFORMED =
      "the handler is malformed: write it as com.acme.Orders, or com.acme.Orders::handle for a"
          + " method";

  private static final String CONTEXT = Context.class.getName();
  private static final String IN = "java.io.InputStream";
  private static final String OUT = "java.io.OutputStream";

  private final String handler;
  private final String className;
  private final @Nullable String method;
  private final ClassLoader loader;

  HandlerCheck(String handler, ClassLoader loader) {
    int colons = handler.lastIndexOf("::");
    this.handler = handler;
    this.className = colons < 0 ? handler : handler.substring(0, colons);
    this.method = colons < 0 ? null : handler.substring(colons + 2);
    this.loader = loader;
  }

  /** The cause and the fix; empty if nothing is seen from outside. */
  String finding() {
    if (!isJavaName(handler) || handler.endsWith(".java") || handler.endsWith(".class")) {
      return MALFORMED;
    }
    try {
      Class<?> type = load(className);
      return type == null ? unknown() : of(type);
    } catch (LinkageError e) {
      return ""; // the error that the platform reports is this one
    }
  }

  /** What is wrong with a method that has overloads which the platform can't tell apart. */
  Optional<String> ambiguity() {
    if (method == null) {
      return Optional.empty();
    }
    try {
      Class<?> type = load(className);
      return type == null ? Optional.empty() : ambiguityOf(type, method);
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  private static boolean isJavaName(String handler) {
    return Stream.of(handler.replaceFirst("::", ".").split("\\.", -1))
        .allMatch(
            part ->
                !part.isEmpty()
                    && Character.isJavaIdentifierStart(part.charAt(0))
                    && part.chars().allMatch(Character::isJavaIdentifierPart));
  }

  private @Nullable Class<?> load(String name) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private String unknown() {
    int dot = className.lastIndexOf('.');
    String none = "there is no class " + className;
    if (dot < 0) {
      return none + ": write it with its package, and have it on the function's class path";
    }
    Class<?> outer = load(className.substring(0, dot));
    String last = className.substring(dot + 1);
    if (outer != null) {
      return load(outer.getName() + "$" + last) != null
          ? none + ": it is a nested class, write " + outer.getName() + "$" + last
          : none + ": if " + last + " is a method, write " + outer.getName() + "::" + last;
    }
    return none + ": check the spelling, and that it is compiled and on the function's class path";
  }

  private String of(Class<?> type) {
    if (method != null) {
      String fault = ofMethod(type, method);
      return fault.isEmpty() ? ofMaking(type) : fault;
    }
    if (isHandler(type)) {
      String fault = ofMaking(type);
      return fault.isEmpty() ? ofTypes(type) : fault;
    }
    String none = type.getName() + " is no RequestHandler or RequestStreamHandler: implement one";
    return usable(type)
        .findFirst()
        .map(found -> none + ", or name a method, as in " + type.getName() + "::" + found.getName())
        .orElse(none);
  }

  private static String ofMaking(Class<?> type) {
    String name = type.getName();
    if (type.isInterface()) {
      return name + " is an interface: name a class that implements it";
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      return name + " is abstract: name a class that extends it";
    }
    if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
      return name + " is an inner class and needs an object of the class around it: make it static";
    }
    if (type.isLocalClass() || type.isAnonymousClass()) {
      return name + " is declared in a method: make it a class of its own";
    }
    return ofConstructor(type);
  }

  private static String ofConstructor(Class<?> type) {
    Optional<Constructor<?>> empty =
        Stream.of(type.getDeclaredConstructors())
            .filter(each -> each.getParameterCount() == 0)
            .findFirst();
    if (empty.isEmpty()) {
      String needs =
          Stream.of(type.getDeclaredConstructors())
              .map(each -> simpleNames(each.getParameterTypes()))
              .collect(Collectors.joining(" or "));
      return "the constructor of "
          + type.getName()
          + " needs "
          + needs
          + ": add a public one without parameters, since the platform calls that; a test may make"
          + " the object itself, by function(type, () -> new …)";
    }
    if (Modifier.isPublic(empty.get().getModifiers())) {
      return "";
    }
    return Modifier.isPublic(type.getModifiers())
        ? type.getName() + " can't be made, its constructor isn't public: make it public"
        : type.getName() + " isn't public: make the class and its constructor public";
  }

  private static String ofTypes(Class<?> type) {
    if (type.getTypeParameters().length == 0) {
      return "";
    }
    String name = type.getCanonicalName() == null ? type.getName() : simple(type);
    return type.getName()
        + " has no concrete type for its event: name a class that says it, such as 'class Orders"
        + " extends "
        + name
        + "<Order>'";
  }

  private static String ofMethod(Class<?> type, String name) {
    Optional<String> ambiguity = ambiguityOf(type, name);
    if (ambiguity.isPresent() || usable(type).anyMatch(each -> each.getName().equals(name))) {
      return ambiguity.orElse("");
    }
    if (Stream.of(type.getMethods()).anyMatch(each -> each.getName().equals(name))) {
      return "the parameters of "
          + type.getName()
          + "::"
          + name
          + " are none that the platform knows: take (event), (event, Context), (InputStream,"
          + " OutputStream) or (InputStream, OutputStream, Context)";
    }
    if (Stream.of(type.getDeclaredMethods()).anyMatch(each -> each.getName().equals(name))) {
      return "the method '" + name + "' isn't public in " + type.getName() + ": make it public";
    }
    String others =
        usable(type).map(Method::getName).distinct().sorted().collect(Collectors.joining(", "));
    return type.getName()
        + " has no public method '"
        + name
        + "': "
        + (others.isEmpty() ? "add it" : "check the spelling, there are " + others);
  }

  /** The platform takes the longest, a Context counting one more; the order of equals is chance. */
  private static Optional<String> ambiguityOf(Class<?> type, String name) {
    List<Method> named = usable(type).filter(each -> each.getName().equals(name)).toList();
    int longest = named.stream().mapToInt(HandlerCheck::rank).max().orElse(0);
    List<String> first =
        named.stream()
            .filter(each -> rank(each) == longest)
            .map(each -> simpleNames(each.getParameterTypes()))
            .sorted()
            .toList();
    return first.size() < 2
        ? Optional.empty()
        : Optional.of(
            type.getName()
                + " has "
                + first.size()
                + " methods '"
                + name
                + "' between which the platform chooses by chance, "
                + String.join(" and ", first)
                + ": keep one of that name");
  }

  private static int rank(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    boolean context = parameters.length > 0 && is(parameters[parameters.length - 1], CONTEXT);
    return parameters.length + (context ? 1 : 0);
  }

  private static Stream<Method> usable(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(each -> !each.isBridge() && each.getDeclaringClass() != Object.class)
        .filter(each -> isUsable(each.getParameterTypes()))
        .sorted((a, b) -> a.getName().compareTo(b.getName()));
  }

  private static boolean isUsable(Class<?>[] types) {
    return switch (types.length) {
      case 0, 1 -> true;
      case 2 -> is(types[1], CONTEXT) ? !is(types[0], CONTEXT) : areStreams(types);
      case 3 -> areStreams(types) && is(types[2], CONTEXT);
      default -> false;
    };
  }

  private static boolean areStreams(Class<?>[] types) {
    return is(types[0], IN) && is(types[1], OUT);
  }

  private static boolean is(Class<?> type, String name) {
    return type.getName().equals(name);
  }

  private static boolean isHandler(@Nullable Class<?> type) {
    return type != null
        && (is(type, RequestHandler.class.getName())
            || is(type, RequestStreamHandler.class.getName())
            || isHandler(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(HandlerCheck::isHandler));
  }

  private static String simpleNames(Class<?>[] types) {
    return Stream.of(types).map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String simple(Class<?> type) {
    String prefix = type.getPackageName();
    return type.getCanonicalName().substring(prefix.isEmpty() ? 0 : prefix.length() + 1);
  }
}
