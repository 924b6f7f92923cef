// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules, on the class files of every published module. */
class ArchitectureTest {

  private static final PublishedModules MODULES = PublishedModules.load();

  @ParameterizedTest
  @MethodSource("rules")
  void holds(ArchRule rule) {
    rule.check(MODULES.classes());
  }

  static Stream<Named<ArchRule>> rules() {
    return Stream.of(
            classes().should(new Arrows(MODULES::moduleOf)),
            Rules.ENVIRONMENT_IN_ONE_PLACE,
            Rules.TIME_IN_ONE_PLACE,
            Rules.NO_STATIC_VARIABLE,
            Rules.NO_STATIC_HOLDER,
            Rules.NULL_MARKED,
            Rules.REFLECTION_STAYS_CLOSED,
            Rules.CALLS_ARE_MARKED_BY_FEW)
        .map(rule -> Named.of(rule.getDescription(), rule));
  }

  @Test
  void every_published_module_is_a_dependency_of_the_checks() {
    String pom = PublishedModules.read(Path.of("pom.xml"));

    assertThat(PublishedModules.names())
        .contains("powertools-core", "powertools-weaver")
        .allSatisfy(module -> assertThat(pom).contains("<artifactId>" + module + "</artifactId>"));
  }

  @Test
  void no_package_is_split_over_two_modules() {
    Map<String, Set<String>> modules = new TreeMap<>();
    for (JavaClass type : MODULES.classes()) {
      modules
          .computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
          .add(MODULES.moduleOf(type).orElseThrow());
    }

    assertThat(modules).allSatisfy((name, in) -> assertThat(in).as(name).hasSize(1));
  }
}
