// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.powertools.checks.bad.Offender;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rule that cannot fail is a defect: each one finds what breaks it, and all of it. */
class RulesBiteTest {

  @Test
  void environment() {
    assertThat(violations(Rules.ENVIRONMENT_IN_ONE_PLACE))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("System.getenv"))
        .anySatisfy(line -> assertThat(line).contains("System.getProperty"))
        .anySatisfy(line -> assertThat(line).contains("Integer.getInteger"));
  }

  @Test
  void time() {
    assertThat(violations(Rules.TIME_IN_ONE_PLACE))
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).contains("Thread.sleep"))
        .anySatisfy(line -> assertThat(line).contains("Instant.now"))
        .anySatisfy(line -> assertThat(line).contains("System.nanoTime"))
        .anySatisfy(line -> assertThat(line).contains("System.currentTimeMillis"));
  }

  @Test
  void static_variables() {
    assertThat(violations(Rules.NO_STATIC_VARIABLE))
        .singleElement()
        .asString()
        .contains("variable");
  }

  @Test
  void static_holders() {
    assertThat(violations(Rules.NO_STATIC_HOLDER))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("COUNTER"))
        .anySatisfy(line -> assertThat(line).contains("CACHE"))
        .anySatisfy(line -> assertThat(line).contains("ARRAY"));
  }

  @Test
  void null_marked_packages() {
    assertThat(violations(Rules.NULL_MARKED))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("Offender"));
  }

  @Test
  void reflection() {
    assertThat(violations(Rules.REFLECTION_STAYS_CLOSED))
        .singleElement()
        .asString()
        .contains("setAccessible");
  }

  @Test
  void marked_calls() {
    assertThat(violations(Rules.CALLS_ARE_MARKED_BY_FEW))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("LibraryCall"));
  }

  @Test
  void arrows() {
    ArchRule rule =
        classes()
            .should(
                new Arrows(
                    type -> {
                      String name = type.getName();
                      if (name.equals(Offender.class.getName())) {
                        return Optional.of("powertools-core");
                      }
                      return name.endsWith("$OtherModule")
                          ? Optional.of("powertools-logging")
                          : Optional.empty();
                    }));

    assertThat(violations(rule))
        .isNotEmpty()
        .allSatisfy(
            line -> assertThat(line).startsWith("powertools-core must not use powertools-logging"));
    assertThat(Arrows.allowed("powertools-logging", "powertools-core")).isTrue();
    assertThat(Arrows.allowed("powertools-logging", "powertools-tracing")).isFalse();
    assertThat(Arrows.allowed("powertools-testing", "powertools-local")).isTrue();
    assertThat(Arrows.allowed("powertools-local", "powertools-testing")).isFalse();
  }

  private static List<String> violations(ArchRule rule) {
    return rule.evaluate(new ClassFileImporter().importPackagesOf(Offender.class))
        .getFailureReport()
        .getDetails();
  }
}
