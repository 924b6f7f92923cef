// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.woven.Woven;
import org.junit.jupiter.api.Test;

/**
 * The shapes that Kotlin's compiler gives to one annotated function; the real thing is built too.
 */
class CopiesTest {

  private static final String OVERLOADS = "package kotlin.jvm; public @interface JvmOverloads {}";
  private static final String STATIC = "package kotlin.jvm; public @interface JvmStatic {}";

  @Test
  void overloads_that_fill_in_defaults_are_left_alone_and_the_users_own_are_not() {
    Project project =
        Project.of(
            OVERLOADS,
            """
            import kotlin.jvm.JvmOverloads;
            public class Main {
              @Traced @JvmOverloads String charge(String a, int b) { return a; }
              @Traced @JvmOverloads String charge(String a) { return charge$default(this, a, 0, 2, null); }
              @Traced String charge(int own) { return ""; }
              static String charge$default(Main main, String a, int b, int mask, Object marker) {
                return main.charge(a, 2);
              }
              @Traced @JvmOverloads static int top(int a) { return a; }
              @Traced @JvmOverloads static int top() { return top$default(0, 1, null); }
              static int top$default(int a, int mask, Object marker) { return top(2); }
            }
            """);

    assertThat(SitesOf.classFile(project.woven().classFile("Main")))
        .containsExactlyInAnyOrder("site charge(String, int)", "site charge(int)", "site top(int)");
  }

  @Test
  void static_methods_are_left_alone_if_the_companion_has_them_too() {
    Project project =
        Project.of(
            STATIC,
            """
            import kotlin.jvm.JvmStatic;
            public class Main {
              @Traced @JvmStatic static long total(long a) { return new Companion().total(a); }
              @Traced @JvmStatic static long alone(long a) { return a; }
              static class Companion { @Traced @JvmStatic long total(long a) { return a; } }
            }
            """);

    assertThat(SitesOf.classFile(project.woven().classFile("Main")))
        .containsExactly("site alone(long)");
    assertThat(SitesOf.classFile(project.woven().classFile("Main$Companion")))
        .containsExactly("site total(long)");
  }

  @Test
  void default_implementations_beside_an_interface_are_left_alone_but_marked() {
    Project project =
        Project.of(
                """
                public interface Main {
                  @Traced default int open(int hour) { return hour; }
                  class DefaultImpls { @Traced public static int open(Main main, int hour) { return main.open(hour); } }
                }
                """)
            .woven();

    assertThat(SitesOf.classFile(project.classFile("Main"))).containsExactly("site open(int)");
    assertThat(SitesOf.classFile(project.classFile("Main$DefaultImpls"))).isEmpty();
    assertThat(project.load("Main$DefaultImpls").getInterfaces()).containsExactly(Woven.class);
  }
}
