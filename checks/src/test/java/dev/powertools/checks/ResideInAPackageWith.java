// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.annotation.Annotation;

/** The package's {@code package-info} has an annotation. */
final class ResideInAPackageWith extends ArchCondition<JavaClass> {

  private final Class<? extends Annotation> annotation;

  ResideInAPackageWith(Class<? extends Annotation> annotation) {
    super("reside in a package with @" + annotation.getSimpleName());
    this.annotation = annotation;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    boolean marked =
        type.getPackage()
            .tryGetPackageInfo()
            .map(info -> info.isAnnotatedWith(annotation))
            .orElse(false);
    if (!marked) {
      events.add(
          SimpleConditionEvent.violated(
              type, type.getName() + " is in a package without " + annotation.getName()));
    }
  }
}
