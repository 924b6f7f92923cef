// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import dev.powertools.core.chain.Side;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.description.enumeration.EnumerationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterList;
import net.bytebuddy.description.type.TypeDescription;

/** Collects what is wrong in one class, in the words that the user will read. */
final class Problems {

  private static final String RETENTION = "add @Retention(RetentionPolicy.RUNTIME) to it";

  private final TypeDescription type;
  private final Set<String> messages = new LinkedHashSet<>();

  Problems(TypeDescription type) {
    this.type = type;
  }

  List<String> all() {
    return List.copyOf(messages);
  }

  /**
   * Adds a problem.
   *
   * @param member the member's name; empty for the class itself
   */
  void add(String member, String problem) {
    String place = member.isEmpty() ? type.getName() : type.getName() + "." + member;
    messages.add(message(place, problem));
  }

  private static String message(String place, String problem) {
    return "[powertools] " + place + ": " + problem;
  }

  /** What is wrong with an inline function; only its code tells, so it is found while weaving. */
  static String inline(String owner, String name) {
    return message(
        owner + "." + name,
        "the annotation cannot be applied to an inline function, whose code is copied to its callers:"
            + " remove \"inline\"");
  }

  void ofMethod(MethodDescription method, String problem) {
    add(method.isConstructor() ? "<init>" : method.getInternalName(), problem);
  }

  void ofAnnotationType(List<Link> onIt) {
    for (Link link : onIt) {
      add("", link + " is on an annotation type and is never applied: put it on a method");
    }
    if (Link.place(type).isPresent() && !isReadAtRunTime()) {
      add("", "an @Intercepted annotation type is read at run time: " + RETENTION);
    }
  }

  private boolean isReadAtRunTime() {
    return type.getDeclaredAnnotations().stream()
        .filter(each -> each.getAnnotationType().represents(Retention.class))
        .map(each -> each.getValue("value").resolve(EnumerationDescription.class).getValue())
        .anyMatch(RetentionPolicy.RUNTIME.name()::equals);
  }

  void ofInterface(List<Link> typeLinks) {
    for (Link link : typeLinks) {
      add("", link + " is on an interface and is never applied: put it on the handler class");
    }
  }

  void ofTypeLinks(List<Link> links) {
    checkEach("", links);
    checkPlaces("", links);
  }

  void ofLinks(MethodDescription method, List<Link> links) {
    String name = method.isConstructor() ? "<init>" : method.getInternalName();
    checkEach(name, links);
    checkPlaces(name, links);
  }

  void ofPlaces(MethodDescription method, List<Link> links) {
    checkPlaces(method.getInternalName(), links);
  }

  private void checkEach(String member, List<Link> links) {
    for (Link link : links) {
      link.lost()
          .map(Link::name)
          .ifPresent(
              name ->
                  add(
                      member,
                      name + " is not kept at run time and can't be applied: " + RETENTION));
      ValueCheck.problemsOf(link.annotation()).forEach(problem -> add(member, problem));
    }
  }

  private void checkPlaces(String member, List<Link> links) {
    Map<Link.Place, Link> taken = new HashMap<>();
    for (Link link : links) {
      Link other = taken.putIfAbsent(link.place(), link);
      if (other != null && link.place().side() != Side.BESIDE) {
        add(member, sharedPlace(other, link));
      }
    }
  }

  private static String sharedPlace(Link one, Link other) {
    String place = " (" + one.place() + ")";
    return one.type().equals(other.type())
        ? one + " is there twice, in one place of the chain" + place + ": remove one"
        : one
            + " and "
            + other
            + " stand in one place of the chain"
            + place
            + ": give the annotation type of one another order in @Intercepted";
  }

  void ofTypeWithoutEntry(Link link, int publicMethods) {
    add(
        "",
        link
            + " is on a class without an entry method (public, with a Context as last parameter) and"
            + " with "
            + publicMethods
            + " public methods of its own, so it is not clear which is meant: put it on the method");
  }

  void ofUnwovenEntry(Link link, TypeDescription owner) {
    add(
        "",
        link
            + " is on a class whose entry method is in "
            + owner.getName()
            + ", which is not woven here, so it would never be applied: override the entry method"
            + " in "
            + type.getSimpleName()
            + " and call super, or weave "
            + owner.getSimpleName()
            + " where it is built");
  }

  /** Whether an annotated method can be woven; adds the problem if not. */
  boolean canBeWoven(MethodDescription method, Link link) {
    String problem = obstacle(method);
    if (!problem.isEmpty()) {
      ofMethod(method, link + " " + problem);
    }
    return problem.isEmpty();
  }

  private String obstacle(MethodDescription method) {
    if (method.isConstructor()) {
      return "cannot be applied to a constructor: put it on a method that calls it";
    }
    if (method.isAbstract()) {
      return "cannot be applied to an abstract method, annotations are not inherited: put it on the"
          + " methods that implement it";
    }
    if (method.isNative()) {
      return "cannot be applied to a native method: put it on a method that calls it";
    }
    if (method.isSynthetic()) {
      return "is on a method that the compiler made and is never applied: put it on the method itself"
          + " (for a Kotlin property, on its getter with @get:)";
    }
    if (isSuspending(method)) {
      return "cannot be applied to a suspend function, which returns before its work is done: put it"
          + " on an ordinary function that calls it with runBlocking";
    }
    if (isA(method.getReturnType().asErasure(), "java.util.concurrent.CompletionStage")) {
      return "cannot be applied to a method that returns a CompletionStage, which returns before its"
          + " work is done: use the feature's functional form inside the stage, or return the"
          + " joined result";
    }
    return "";
  }

  private static boolean isA(TypeDescription type, String supertype) {
    return !type.isPrimitive() && !type.isArray() && Handlers.isA(type, supertype);
  }

  private static boolean isSuspending(MethodDescription method) {
    ParameterList<?> parameters = method.getParameters();
    return !parameters.isEmpty()
        && parameters
            .get(parameters.size() - 1)
            .getType()
            .asErasure()
            .getName()
            .equals("kotlin.coroutines.Continuation");
  }
}
