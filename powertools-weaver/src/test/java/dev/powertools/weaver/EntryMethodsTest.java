// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.woven.Woven;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryMethodsTest {

  private static final String IMPORTS =
      """
      import com.amazonaws.services.lambda.runtime.*;
      import java.io.*;
      """;

  @Test
  void handlers_of_the_platforms_interfaces_are_entries_even_without_annotations() {
    assertThat(
            woven(
                """
                public class H implements RequestHandler<String, Integer> {
                  @Override public Integer handleRequest(String in, Context context) { return 1; }
                }
                """))
        .containsExactly("entry handleRequest(String, Context)");
    assertThat(
            woven(
                """
                public class H implements RequestStreamHandler {
                  @Override public void handleRequest(InputStream in, OutputStream out, Context c) {}
                }
                """))
        .containsExactly("entry handleRequest(InputStream, OutputStream, Context)");
  }

  @Test
  void public_methods_of_the_platforms_shapes_are_entries_in_any_class() {
    assertThat(
            woven(
                """
                public class H {
                  public String plain(String in, Context context) { return in; }
                  public static void streams(InputStream in, OutputStream out, Context c) {}
                  public void three(String one, String two, Context context) {}
                  public void only(Context context) {}
                  public void last(Context context, String in) {}
                  void hidden(String in, Context context) {}
                }
                """))
        .containsExactlyInAnyOrder(
            "entry plain(String, Context)", "entry streams(InputStream, OutputStream, Context)");
  }

  @Test
  void abstract_methods_of_the_shape_are_left_to_their_implementation() {
    assertThat(
            woven(
                "public abstract class H { public abstract void plain(String in, Context context); }"))
        .isEmpty();
  }

  @Test
  void the_only_public_method_of_a_class_with_an_annotated_type_is_its_entry() {
    assertThat(
            woven(
                """
                @Traced public class H {
                  public String handle(String in) { return inner(in); }
                  String inner(String in) { return in; }
                }
                """))
        .containsExactly("entry handle(String)");
  }

  @Test
  void the_only_public_method_keeps_apart_from_its_overloads_and_its_own_annotation_counts_once()
      throws Throwable {
    Project project =
        Project.of(
                """
                @Traced public class Main {
                  @Traced("own") public String handle(String in) { return handle(1) + in; }
                  @Traced private String handle(int in) { return "i"; }
                  public static Object main() { return new Main().handle("x"); }
                }
                """)
            .woven();

    assertThat(SitesOf.classFile(project.classFile("Main")))
        .containsExactlyInAnyOrder("site handle(int)", "entry handle(String)");
    assertThat(project.run()).isEqualTo("ix");
    assertThat(project.calls()).containsExactly("Main.handleown[x]", "Main.handle[1]");
  }

  @Test
  void an_entry_that_returns_before_its_work_is_done_can_have_no_annotation_on_its_type() {
    String source =
        IMPORTS
            + """
            public class H {
              public java.util.concurrent.CompletionStage<String> run(String in, Context c) {
                return null;
              }
            }
            """;

    assertThat(woven(source)).containsExactly("entry run(String, Context)");
    assertThat(Project.of(source.replace("public class", "@Traced public class")).problems())
        .singleElement()
        .asString()
        .startsWith(
            "[powertools] com.acme.H.run: @Traced cannot be applied to a method that returns");
  }

  @Test
  void an_inherited_entry_of_the_same_output_is_enough_for_an_annotated_type() {
    Project project =
        Project.of(
            IMPORTS + "public class B { public String run(String in, Context c) { return in; } }",
            "@Traced public class H extends B { public void one() {} public void two() {} }");

    assertThat(project.problems()).isEmpty();
    assertThat(project.woven().load("H").getInterfaces()).containsExactly(Woven.class);
  }

  private static final String LIBRARY =
      """
      public class Library implements com.amazonaws.services.lambda.runtime.RequestHandler<String, String> {
        @Override public String handleRequest(String in, com.amazonaws.services.lambda.runtime.Context c) {
          return in;
        }
      }
      """;

  @Test
  void an_inherited_entry_that_is_not_woven_is_a_problem_and_no_other_method_takes_its_place() {
    Project project =
        Project.of(
            LIBRARY,
            "@Traced public class H extends Library { public String describe(String x) { return x; } }");

    assertThat(project.withLibrary("Library").problems())
        .containsExactly(
            "[powertools] com.acme.H: @Traced is on a class whose entry method is in"
                + " com.acme.Library, which is not woven here, so it would never be applied: override"
                + " the entry method in H and call super, or weave Library where it is built");
    assertThat(project.problems()).isEmpty();
  }

  @Test
  void an_inherited_entry_of_the_plain_shape_that_is_not_woven_is_a_problem_too() {
    Project project =
        Project.of(
            IMPORTS
                + "public class Library { public String run(String in, Context c) { return in; } }",
            "@Traced public class H extends Library { public String describe(String x) { return x; } }");

    assertThat(project.withLibrary("Library").problems())
        .singleElement()
        .asString()
        .contains("entry method is in com.acme.Library");
  }

  @Test
  void an_entry_that_overrides_one_that_is_not_woven_is_woven() {
    Project project =
        Project.of(
            LIBRARY,
            IMPORTS
                + """
                @Traced public class H extends Library {
                  @Override public String handleRequest(String in, Context c) {
                    return super.handleRequest(in, c);
                  }
                }
                """);

    assertThat(entries(project.withLibrary("Library").woven(), "H"))
        .containsExactly("entry handleRequest(String, Context)");
  }

  @Test
  void an_abstract_class_may_leave_the_entry_to_subclasses_which_are_then_checked() {
    Project project =
        Project.of(
            "@Traced public abstract class B {}",
            "public class H extends B { public void one() {} }",
            "public class W extends B { public void one() {} public void two() {} }");

    assertThat(project.problems())
        .singleElement()
        .asString()
        .startsWith("[powertools] com.acme.W: @Traced is on a class without an entry method");
  }

  @Test
  void subclasses_of_the_toolkits_base_classes_get_no_entries() {
    Project project =
        Project.of(
            """
            package dev.powertools.sample;
            import com.amazonaws.services.lambda.runtime.*;
            import java.io.*;
            public abstract class Base implements RequestStreamHandler {
              protected abstract String handle(String in, Context context);
              @Override public final void handleRequest(InputStream i, OutputStream o, Context c) {}
            }
            """,
            IMPORTS
                + """
                @Traced public class H extends dev.powertools.sample.Base {
                  @Override protected String handle(String in, Context context) { return in; }
                  public String other(String in, Context context) { return in; }
                  @Traced void annotated() {}
                }
                """);

    assertThat(project.problems()).isEmpty();
    assertThat(entries(project.woven(), "H")).containsExactly("site annotated()");
  }

  private static List<String> woven(String source) {
    return entries(Project.of(IMPORTS + source).woven(), "H");
  }

  /** The sites as {@link dev.powertools.core.woven.Site} was asked for them. */
  private static List<String> entries(Project project, String type) {
    return SitesOf.classFile(project.classFile(type));
  }
}
