// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.Set;

/**
 * A static field's type is no mutable holder; if it is a collection's interface, the initialiser of
 * its class makes no mutable collection either (those are made in a method, and copied).
 */
final class HoldNothingMutable extends ArchCondition<JavaField> {

  private static final Set<String> MAKERS = Set.of("newKeySet", "newSetFromMap");

  HoldNothingMutable() {
    super("hold nothing mutable");
  }

  @Override
  public void check(JavaField field, ConditionEvents events) {
    boolean mutable =
        Rules.isMutableHolder(field)
            || (Rules.isCollection(field.getRawType()) && makesCollections(field));
    if (mutable && !field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
      events.add(
          SimpleConditionEvent.violated(field, field.getFullName() + " holds what can change"));
    }
  }

  private static boolean makesCollections(JavaField field) {
    Optional<? extends JavaCodeUnit> initialiser = field.getOwner().getStaticInitializer();
    return initialiser.isPresent()
        && initialiser.get().getAccessesFromSelf().stream()
            .anyMatch(HoldNothingMutable::makesCollection);
  }

  private static boolean makesCollection(JavaAccess<?> access) {
    return (access.getName().equals("<init>") && Rules.isCollection(access.getTargetOwner()))
        || MAKERS.contains(access.getName())
        || access.getName().startsWith("synchronized");
  }
}
