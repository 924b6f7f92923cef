// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import dev.powertools.core.woven.Woven;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;

/**
 * Decides what is woven in one class. Woven are
 *
 * <ul>
 *   <li>methods with an annotation whose type is {@code @Intercepted};
 *   <li>entry methods of handlers, annotated or not, because they open the invocation; not in
 *       subclasses of the toolkit's base classes, which do that themselves;
 *   <li>the only public method of a plain class whose type is annotated; never of a handler, whose
 *       entry method a supertype that is not woven may have.
 * </ul>
 *
 * <p>{@link Copies} never are, or their annotations would apply twice. Whatever else is annotated
 * and cannot be woven is a problem, never left out in silence.
 */
final class Planner {

  private static final String ON_A_METHOD = "put it on a method";

  private final TypeDescription type;
  private final Predicate<String> sameOutput;
  private final Problems problems;
  private final List<Link> typeLinks;
  private final boolean baseClassApplies;
  private final Map<String, Integer> overloads = new HashMap<>();
  private final List<WovenMethod> woven = new ArrayList<>();
  private boolean annotated;

  private Planner(TypeDescription type, Predicate<String> sameOutput) {
    this.type = type;
    this.sameOutput = sameOutput;
    this.problems = new Problems(type);
    this.typeLinks = Link.of(type);
    this.baseClassApplies = Handlers.extendsOurBase(type);
    this.annotated = !typeLinks.isEmpty();
  }

  /**
   * Makes the plan for a class.
   *
   * @param sameOutput whether the class of a name is woven in the same run
   */
  static Plan plan(TypeDescription type, Predicate<String> sameOutput) {
    return isWoven(type) ? Plan.NOTHING : new Planner(type, sameOutput).plan();
  }

  private static boolean isWoven(TypeDescription type) {
    return type.getInterfaces().asErasures().stream()
        .anyMatch(each -> each.getName().equals(Woven.class.getName()));
  }

  private Plan plan() {
    if (type.isAnnotation()) {
      problems.ofAnnotationType(typeLinks);
      return new Plan(List.of(), false, problems.all());
    }
    type.getDeclaredFields().forEach(this::checkField);
    type.getDeclaredMethods().forEach(this::planMethod);
    planType();
    checkNames();
    if (!woven.isEmpty() || annotated) {
      checkVersion();
    }
    return new Plan(List.copyOf(woven), !woven.isEmpty() || annotated, problems.all());
  }

  private void checkField(FieldDescription.InDefinedShape field) {
    for (Link link : Link.of(field)) {
      problems.add(field.getName(), link + " is on a field and is never applied: " + ON_A_METHOD);
    }
  }

  private void planMethod(MethodDescription.InDefinedShape method) {
    checkParameters(method);
    List<Link> own = Link.of(method);
    if (Copies.isCopy(method)) {
      annotated |= !own.isEmpty() && !method.isBridge();
      return;
    }
    if (!own.isEmpty()) {
      annotated = true;
      problems.ofLinks(method, own);
    }
    boolean entry = !baseClassApplies && Handlers.isEntry(method);
    if (entry || !own.isEmpty()) {
      planSite(method, entry, entry ? withTypes(own) : own);
    }
  }

  private void checkParameters(MethodDescription.InDefinedShape method) {
    for (ParameterDescription.InDefinedShape parameter : method.getParameters()) {
      for (Link link : Link.of(parameter)) {
        problems.ofMethod(method, link + " is on a parameter and is never applied: " + ON_A_METHOD);
      }
    }
  }

  private void planSite(MethodDescription.InDefinedShape method, boolean entry, List<Link> links) {
    problems.ofPlaces(method, links);
    if (links.isEmpty() || problems.canBeWoven(method, links.get(0))) {
      int before = overloads.merge(method.getInternalName(), 1, Integer::sum) - 1;
      woven.add(WovenMethod.of(method, entry, before));
    }
  }

  private List<Link> withTypes(List<Link> own) {
    return new NearestLinks(own).withTypesOf(type).all();
  }

  private void planType() {
    if (type.isInterface()) {
      problems.ofInterface(typeLinks);
      return;
    }
    problems.ofTypeLinks(typeLinks);
    List<Link> all = withTypes(List.of());
    if (!all.isEmpty() && !baseClassApplies && !type.isAbstract() && !hasEntry()) {
      unwovenEntry()
          .ifPresentOrElse(
              owner -> problems.ofUnwovenEntry(all.get(0), owner),
              () -> weaveOnlyMethod(all.get(0)));
    }
  }

  /** The supertype at which the platform's call arrives, if none that is woven takes it. */
  private Optional<TypeDescription> unwovenEntry() {
    Collection<TypeDescription> supertypes = Handlers.supertypes(type);
    return Stream.concat(
            supertypes.stream()
                .filter(each -> each.getDeclaredMethods().stream().anyMatch(Handlers::isEntry)),
            supertypes.stream().filter(Handlers::isContract))
        .findFirst();
  }

  private boolean hasEntry() {
    if (type.getDeclaredMethods().stream().anyMatch(Handlers::isEntry)) {
      return true;
    }
    return Handlers.supertypes(type).stream()
        .filter(each -> sameOutput.test(each.getName()) || isWoven(each))
        .flatMap(each -> each.getDeclaredMethods().stream())
        .anyMatch(Handlers::isEntry);
  }

  private void weaveOnlyMethod(Link link) {
    List<MethodDescription.InDefinedShape> candidates =
        type.getDeclaredMethods().stream()
            .filter(each -> each.isPublic() && !each.isStatic() && Handlers.hasBody(each))
            .filter(each -> !Handlers.isGenerated(each))
            .toList();
    if (candidates.size() != 1) {
      problems.ofTypeWithoutEntry(link, candidates.size());
      return;
    }
    MethodDescription.InDefinedShape only = candidates.get(0);
    annotated = true;
    woven.removeIf(each -> each.is(only.getInternalName(), only.getDescriptor()));
    planSite(only, true, withTypes(Link.of(only)));
  }

  /** What is generated must not clash with what the user wrote. */
  private void checkNames() {
    Set<String> names = new HashSet<>();
    type.getDeclaredMethods().forEach(each -> names.add(each.getInternalName()));
    type.getDeclaredFields().forEach(each -> names.add(each.getInternalName()));
    for (WovenMethod method : woven) {
      for (String name : List.of(method.body(), method.accessor(), method.field())) {
        if (names.contains(name)) {
          problems.add(
              method.name(), "weaving generates \"" + name + "\", which the class has: rename it");
        }
      }
    }
  }

  private void checkVersion() {
    ClassFileVersion version = type.getClassFileVersion();
    if (version != null && version.isLessThan(ClassFileVersion.JAVA_V8)) {
      problems.add(
          "",
          "the class file is of Java "
              + version.getJavaVersion()
              + " and cannot be woven: compile with --release 8 or later");
    }
  }
}
