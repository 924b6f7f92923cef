// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.woven.Site;
import dev.powertools.core.woven.Woven;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.Test;

class WovenShapeTest {

  private final Project project =
      Project.of(
              """
              import java.lang.annotation.*;
              import java.util.*;
              public class Main<T> implements Comparable<Main<T>> {
                @Retention(RetentionPolicy.RUNTIME) @interface Mark { String value(); }
                @Retention(RetentionPolicy.RUNTIME) @Target(ElementType.TYPE_USE) @interface Use {}
                @Traced @Mark("m") @Deprecated
                protected final <E extends java.io.IOException> @Use Map<T, E> pick(
                    @Mark("p") List<? super T> from, String... names) throws E {
                  return null;
                }
                @Override public int compareTo(Main<T> other) { return 0; }
              }
              """,
              """
              public class Plain { @Traced void plain() {} }
              """,
              """
              public interface Face { @Traced default void shown() {} }
              """,
              """
              public class Untouched { void plain() {} }
              """)
          .woven();

  @Test
  void the_wrapper_keeps_the_declaration() {
    Method pick = method("Main", "pick");

    assertThat(pick.toGenericString())
        .isEqualTo(
            "protected final <E extends java.io.IOException> java.util.Map<T, E>"
                + " com.acme.Main.pick(java.util.List<? super T>,java.lang.String...) throws E");
    assertThat(pick.isVarArgs()).isTrue();
    assertThat(pick.getAnnotations())
        .extracting(each -> each.annotationType().getSimpleName())
        .containsExactlyInAnyOrder("Traced", "Mark", "Deprecated");
    assertThat(pick.getParameterAnnotations()[0]).hasSize(1);
    assertThat(pick.getAnnotatedReturnType().getAnnotations()).hasSize(1);
    assertThat(pick.getParameters()).extracting("name").containsExactly("from", "names");
    assertThat(pick.getExceptionTypes()).containsExactly(IOException.class);
  }

  @Test
  void the_body_is_private_visible_to_coverage_tools_and_without_annotations() {
    Method body = method("Main", "pick$body");

    assertThat(body.getModifiers()).isEqualTo(Modifier.PRIVATE);
    assertThat(body.isSynthetic()).isFalse();
    assertThat(body.getAnnotations()).isEmpty();
  }

  @Test
  void the_class_is_marked_and_its_generic_interfaces_stay_in_place() {
    assertThat(project.load("Plain").getInterfaces()).containsExactly(Woven.class);
    assertThat(project.load("Main").getGenericInterfaces())
        .extracting(Type::getTypeName)
        .containsExactly("java.lang.Comparable<com.acme.Main<T>>", Woven.class.getName());
    assertThat(project.load("Untouched").getInterfaces()).isEmpty();
  }

  @Test
  void the_site_is_a_synthetic_constant_private_where_the_language_allows_it() {
    Field inClass = field("Plain");
    Field inInterface = field("Face");

    assertThat(inClass.isSynthetic()).isTrue();
    assertThat(Modifier.toString(inClass.getModifiers())).isEqualTo("private static final");
    assertThat(inInterface.isSynthetic()).isTrue();
    assertThat(Modifier.toString(inInterface.getModifiers())).isEqualTo("public static final");
  }

  @Test
  void an_initialiser_of_our_own_is_synthetic_and_the_wrapper_has_no_lines() {
    List<String> initialisers = new ArrayList<>();
    List<String> withLines = new ArrayList<>();
    ClassReader reader = OpenedClassReader.of(project.classFile("Plain"));
    reader.accept(
        new ClassVisitor(OpenedClassReader.ASM_API) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            if (name.equals("<clinit>") && (access & Opcodes.ACC_SYNTHETIC) != 0) {
              initialisers.add(name);
            }
            return new MethodVisitor(OpenedClassReader.ASM_API) {
              @Override
              public void visitLineNumber(int line, net.bytebuddy.jar.asm.Label start) {
                withLines.add(name);
              }
            };
          }
        },
        0);

    assertThat(initialisers).hasSize(1);
    assertThat(withLines).containsOnly("<init>", "plain$body");
  }

  @Test
  void sites_are_made_before_the_classs_own_initialisers_and_linked_after_them() {
    String source =
        """
        public class Main {
          static final int START = Integer.parseInt("1");
          @Traced static int one() { return 1; }
          @Traced static int two() { return 2; }
        }
        """;

    assertThat(SitesOf.initialiser(Project.of(source).woven().classFile("Main")))
        .containsExactly("of", "of", "parseInt", "link", "link");
    assertThat(SitesOf.initialiser(project.classFile("Plain"))).containsExactly("of", "link");
  }

  @Test
  void byte_buddys_plugins_discover_the_weaver_and_can_construct_it() throws Exception {
    assertThat(Plugin.Engine.Default.scan(getClass().getClassLoader()))
        .contains(PowertoolsPlugin.class.getName());
    Plugin plugin = new Plugin.Factory.UsingReflection(PowertoolsPlugin.class).make();
    assertThat(plugin).isInstanceOf(PowertoolsPlugin.class);
    plugin.close();
  }

  private Method method(String type, String name) {
    return Arrays.stream(project.load(type).getDeclaredMethods())
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Field field(String type) {
    return Arrays.stream(project.load(type).getDeclaredFields())
        .filter(each -> each.getType() == Site.class)
        .findFirst()
        .orElseThrow();
  }
}
