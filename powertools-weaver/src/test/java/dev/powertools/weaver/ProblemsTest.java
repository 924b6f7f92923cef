// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProblemsTest {

  @Nested
  class Places_where_an_annotation_cannot_be_applied {

    @Test
    void abstract_and_native_methods() {
      assertThat(
              problems(
                  """
                  public abstract class Orders {
                    @Traced abstract void charge();
                    @Traced native void refund();
                  }
                  """))
          .containsExactly(
              "[powertools] com.acme.Orders.charge: @Traced cannot be applied to an abstract method,"
                  + " annotations are not inherited: put it on the methods that implement it",
              "[powertools] com.acme.Orders.refund: @Traced cannot be applied to a native method: put"
                  + " it on a method that calls it");
    }

    @Test
    void an_interfaces_method_without_a_body() {
      assertThat(problems("public interface Orders { @Traced void charge(); }"))
          .singleElement()
          .asString()
          .startsWith(
              "[powertools] com.acme.Orders.charge: @Traced cannot be applied to an abstract");
    }

    @Test
    void constructors_fields_and_parameters() {
      assertThat(
              problems(
                  """
                  public class Orders {
                    @Traced int total;
                    @Traced Orders() {}
                    void charge(@Traced String order) {}
                  }
                  """))
          .containsExactlyInAnyOrder(
              "[powertools] com.acme.Orders.<init>: @Traced cannot be applied to a constructor: put it"
                  + " on a method that calls it",
              "[powertools] com.acme.Orders.total: @Traced is on a field and is never applied: put it"
                  + " on a method",
              "[powertools] com.acme.Orders.charge: @Traced is on a parameter and is never applied:"
                  + " put it on a method");
    }

    @Test
    void interfaces_and_annotation_types() {
      assertThat(problems("@Traced public interface Orders { void charge(); }"))
          .containsExactly(
              "[powertools] com.acme.Orders: @Traced is on an interface and is never applied: put it"
                  + " on the handler class");
      assertThat(problems("@Traced public @interface Orders {}"))
          .containsExactly(
              "[powertools] com.acme.Orders: @Traced is on an annotation type and is never applied:"
                  + " put it on a method");
    }

    @Test
    void methods_that_return_before_their_work_is_done() {
      assertThat(
              problems(
                  """
                  import java.util.concurrent.*;
                  public class Orders {
                    @Traced CompletionStage<String> stage() { return null; }
                    @Traced CompletableFuture<String> future() { return null; }
                    @Traced Object suspended(int a, kotlin.coroutines.Continuation next) { return null; }
                  }
                  """,
                  "class Other {}"))
          .satisfiesExactly(
              stage ->
                  assertThat(stage)
                      .startsWith(
                          "[powertools] com.acme.Orders.stage: @Traced cannot be applied to a")
                      .contains("CompletionStage")
                      .endsWith(
                          "use the feature's functional form inside the stage, or return the"
                              + " joined result"),
              future ->
                  assertThat(future).contains("com.acme.Orders.future").contains("functional"),
              suspended ->
                  assertThat(suspended)
                      .startsWith(
                          "[powertools] com.acme.Orders.suspended: @Traced cannot be applied to a"
                              + " suspend function"));
    }

    @Test
    void inline_functions_of_kotlin_whose_code_is_copied_to_their_callers() {
      Project project =
          Project.of(
              """
              public class Orders {
                @Traced int charge() { int $i$f$charge = 0; return $i$f$charge; }
              }
              """);

      assertThat(project.wovenProblemsOf("Orders"))
          .containsExactly(
              "[powertools] com.acme.Orders.charge: the annotation cannot be applied to an inline"
                  + " function, whose code is copied to its callers: remove \"inline\"");
    }

    @Test
    void a_type_without_an_entry_method() {
      assertThat(
              problems(
                  """
                  @Traced public class Orders {
                    public void charge(String order) {}
                    public void refund(String order) {}
                  }
                  """))
          .singleElement()
          .asString()
          .startsWith("[powertools] com.acme.Orders: @Traced is on a class without an entry method")
          .endsWith("put it on the method");
    }
  }

  @Nested
  class Annotation_types {

    @Test
    void without_run_time_retention_are_named_where_they_are_used_and_where_they_are_declared() {
      Project project =
          Project.of(
              """
              import dev.powertools.core.chain.*;
              @Intercepted(by = ForgottenFactory.class, phase = Phase.LOG)
              public @interface Forgotten {}
              """,
              FACTORY.replace("NAME", "Forgotten"),
              "public class Orders { @Forgotten void charge() {} }");

      assertThat(project.wovenProblemsOf("Orders"))
          .containsExactly(
              "[powertools] com.acme.Orders.charge: @Forgotten is not kept at run time and can't be"
                  + " applied: add @Retention(RetentionPolicy.RUNTIME) to it");
      assertThat(project.wovenProblemsOf("Forgotten"))
          .containsExactly(
              "[powertools] com.acme.Forgotten: an @Intercepted annotation type is read at run time:"
                  + " add @Retention(RetentionPolicy.RUNTIME) to it");
    }

    @Test
    void in_one_place_of_the_chain_cannot_share_a_method() {
      assertThat(
              problems(
                  ANNOTATION.replace("NAME", "Audited"),
                  FACTORY.replace("NAME", "Audited"),
                  "public class Orders { @Traced @Audited void charge() {} }"))
          .containsExactly(
              "[powertools] com.acme.Orders.charge: @Traced and @Audited stand in one place of the"
                  + " chain (LOG, INSIDE, order 0): give the annotation type of one another order in"
                  + " @Intercepted");
    }

    @Test
    void in_one_place_of_the_chain_cannot_share_an_entry_and_its_type() {
      assertThat(
              problems(
                  ANNOTATION.replace("NAME", "Audited"),
                  FACTORY.replace("NAME", "Audited"),
                  """
                  @Audited public class Orders {
                    @Traced public void charge(String in, com.amazonaws.services.lambda.runtime.Context c) {}
                  }
                  """))
          .singleElement()
          .asString()
          .startsWith(
              "[powertools] com.acme.Orders.charge: @Traced and @Audited stand in one place");
    }

    private static final String GROUP =
        """
        import java.lang.annotation.*;
        RETENTION public @interface Group { Traced[] value(); }
        """;

    private static final String RUNTIME = "@Retention(RetentionPolicy.RUNTIME)";

    @Test
    void in_a_container_count_like_those_beside_it() {
      Project project =
          Project.of(
              GROUP.replace("RETENTION", RUNTIME),
              ANNOTATION.replace("NAME", "Audited"),
              FACTORY.replace("NAME", "Audited"),
              "public class Orders { @Audited @Group(@Traced) void charge() {} }",
              "@Group({@Traced, @Traced}) public class Two { public void only() {} }");

      assertThat(project.wovenProblemsOf("Orders"))
          .singleElement()
          .asString()
          .startsWith(
              "[powertools] com.acme.Orders.charge: @Audited and @Traced stand in one place");
      assertThat(project.wovenProblemsOf("Two"))
          .first()
          .asString()
          .startsWith("[powertools] com.acme.Two: @Traced is there twice");
    }

    @Test
    void in_a_container_are_lost_with_it_if_it_is_not_kept_at_run_time() {
      Project project =
          Project.of(
              GROUP.replace("RETENTION", ""),
              "public class Orders { @Group(@Traced) void charge() {} }");

      assertThat(project.wovenProblemsOf("Orders"))
          .containsExactly(
              "[powertools] com.acme.Orders.charge: @Group is not kept at run time and can't be"
                  + " applied: add @Retention(RetentionPolicy.RUNTIME) to it");
    }

    @Test
    void in_a_container_alone_are_woven() {
      Project project =
          Project.of(
              GROUP.replace("RETENTION", RUNTIME),
              "public class Orders { @Group(@Traced) void charge() {} }");

      assertThat(SitesOf.classFile(project.woven().classFile("Orders")))
          .containsExactly("site charge()");
    }

    @Test
    void that_are_repeated_stand_in_one_place() {
      assertThat(
              problems(
                  ANNOTATION
                      .replace("NAME", "Audited")
                      .replace("@Retention", "@Repeatable(AllAudited.class) @Retention"),
                  FACTORY.replace("NAME", "Audited"),
                  """
                  import java.lang.annotation.*;
                  @Retention(RetentionPolicy.RUNTIME)
                  public @interface AllAudited { Audited[] value(); }
                  """,
                  "public class Orders { @Audited @Audited void charge() {} }"))
          .singleElement()
          .asString()
          .startsWith("[powertools] com.acme.Orders.charge: @Audited is there twice");
    }
  }

  @Nested
  class Values {

    private static final String LIMITED =
        """
        import dev.powertools.core.chain.*;
        import java.lang.annotation.*;
        @Intercepted(by = LimitedFactory.class, phase = Phase.LIMIT)
        @Retention(RetentionPolicy.RUNTIME)
        public @interface Limited {
          @ValueForm(TextForm.DURATION) String per() default "1s";
          @ValueForm(TextForm.POINTER) String[] keys() default {};
          @ValueForm(TextForm.NOT_BLANK) String name() default "n";
          Inner inner() default @Inner;
          @interface Inner { @ValueForm(TextForm.DURATION) String pause() default ""; }
        }
        """;

    @Test
    void that_have_their_form_are_accepted() {
      assertThat(
              problems(
                  LIMITED,
                  FACTORY.replace("NAME", "Limited"),
                  """
                  public class Orders {
                    @Limited(per = "30s", keys = {"/a", "/b/0"}, inner = @Limited.Inner(pause = "1h"))
                    void charge() {}
                    @Limited void refund() {}
                  }
                  """))
          .isEmpty();
    }

    @Test
    void that_miss_it_are_all_reported_with_attribute_value_and_form() {
      List<String> problems =
          problems(
              LIMITED,
              FACTORY.replace("NAME", "Limited"),
              """
              public class Orders {
                @Limited(per = "5 parsecs", keys = {"/good", "bad"}, name = " ",
                    inner = @Limited.Inner(pause = "later"))
                void charge() {}
              }
              """);

      assertThat(problems)
          .satisfiesExactlyInAnyOrder(
              per ->
                  assertThat(per)
                      .startsWith(
                          "[powertools] com.acme.Orders.charge: @Limited(per = \"5 parsecs\"): ")
                      .contains("30s"),
              keys ->
                  assertThat(keys)
                      .startsWith(
                          "[powertools] com.acme.Orders.charge: @Limited(keys = \"bad\"): "),
              name ->
                  assertThat(name)
                      .isEqualTo(
                          "[powertools] com.acme.Orders.charge: @Limited(name = \" \"): must not be"
                              + " blank"),
              inner -> assertThat(inner).contains("@Limited.inner(pause = \"later\")"));
    }
  }

  @Nested
  class Class_files {

    @Test
    void that_have_a_generated_name_already_are_refused() {
      assertThat(problems("public class Orders { @Traced void charge() {} void charge$body() {} }"))
          .containsExactly(
              "[powertools] com.acme.Orders.charge: weaving generates \"charge$body\", which the class"
                  + " has: rename it");
    }

    @Test
    void older_than_java_8_are_refused() {
      Project project =
          Project.of("public class Orders { @Traced void charge() {} }").inVersion(51);

      assertThat(project.wovenProblemsOf("Orders"))
          .containsExactly(
              "[powertools] com.acme.Orders: the class file is of Java 7 and cannot be woven: compile"
                  + " with --release 8 or later");
    }

    @Test
    void are_refused_by_the_single_class_door_too() {
      Project project = Project.of("public class Orders { @Traced Orders() {} }");

      assertThatThrownBy(project::wovenOneByOne)
          .isInstanceOf(WeavingException.class)
          .hasMessageStartingWith("[powertools] com.acme.Orders.<init>: ");
    }
  }

  private static final String ANNOTATION =
      """
      import dev.powertools.core.chain.*;
      import java.lang.annotation.*;
      @Intercepted(by = NAMEFactory.class, phase = Phase.LOG)
      @Retention(RetentionPolicy.RUNTIME)
      public @interface NAME {}
      """;

  private static final String FACTORY =
      """
      import dev.powertools.core.FunctionRuntime;
      import dev.powertools.core.chain.*;
      public class NAMEFactory implements InterceptorFactory<NAME> {
        @Override public Interceptor create(NAME annotation, JoinPoint point, FunctionRuntime r) {
          return Invocation::proceed;
        }
      }
      """;

  private static List<String> problems(String... sources) {
    return Project.of(sources).problems();
  }
}
