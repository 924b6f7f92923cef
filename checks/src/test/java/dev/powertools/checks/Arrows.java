// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which module may use which; what is not said here may use the core alone. */
final class Arrows extends ArchCondition<JavaClass> {

  static final String CORE = "powertools-core";

  private static final Map<String, Set<String>> MORE_THAN_CORE =
      Map.of(
          "powertools-testing",
          Set.of(
              "powertools-local",
              "powertools-weaver",
              "powertools-logging",
              "powertools-tracing",
              "powertools-idempotency",
              "powertools-batch-dlq",
              "powertools-tenancy"),
          "powertools-cli",
          Set.of("powertools-local", "powertools-batch-dlq"));

  private final Function<JavaClass, Optional<String>> moduleOf;

  Arrows(Function<JavaClass, Optional<String>> moduleOf) {
    super("use only the modules that theirs may use");
    this.moduleOf = moduleOf;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String from = moduleOf.apply(type).orElseThrow();
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      Optional<String> to = moduleOf.apply(dependency.getTargetClass());
      if (to.isPresent() && !allowed(from, to.get())) {
        events.add(
            SimpleConditionEvent.violated(
                dependency,
                from + " must not use " + to.get() + ": " + dependency.getDescription()));
      }
    }
  }

  static boolean allowed(String from, String to) {
    return from.equals(to)
        || (!from.equals(CORE)
            && (to.equals(CORE) || MORE_THAN_CORE.getOrDefault(from, Set.of()).contains(to)));
  }
}
