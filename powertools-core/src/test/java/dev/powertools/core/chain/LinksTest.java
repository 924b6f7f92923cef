// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.Fixtures;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest {

  private final FunctionRuntime runtime = Fixtures.runtime().build();
  private final List<String> order = new ArrayList<>();

  private Interceptor noting(String name) {
    return invocation -> {
      order.add(name);
      return invocation.proceed();
    };
  }

  private static JoinPoint here() {
    return JoinPoints.code(LinksTest.class, "work", List.of(String.class), void.class, false);
  }

  private Object call(Chain chain) throws Throwable {
    return String.valueOf(
        chain.call(
            LiveInvocation.under(runtime).open(),
            null,
            new Object[] {"a"},
            (target, arguments) -> arguments[0] + "!"));
  }

  @Test
  void links_run_by_phase_then_side_then_order_whatever_order_they_came_in() throws Throwable {
    Chain chain =
        Links.of(here(), runtime)
            .link(noting("retry"), Phase.RETRY, Side.OWN, 0, "d")
            .link(noting("log inside 2"), Phase.LOG, Side.INSIDE, 2, "c")
            .link(noting("log inside 1"), Phase.LOG, Side.INSIDE, 1, "c")
            .link(noting("log"), Phase.LOG, Side.OWN, 0, "b")
            .link(noting("log outside"), Phase.LOG, Side.OUTSIDE, 0, "a")
            .link(noting("trace"), Phase.TRACE, Side.OWN, 0, "a")
            .chain();

    assertThat(call(chain)).isEqualTo("a!");
    assertThat(order)
        .containsExactly("trace", "log outside", "log", "log inside 1", "log inside 2", "retry");
  }

  @Test
  void two_links_in_one_place_are_refused_by_name() {
    Links links =
        Links.of(here(), runtime)
            .link(noting("a"), Phase.LOG, Side.INSIDE, 0, "@Audited")
            .link(noting("b"), Phase.LOG, Side.INSIDE, 0, "@Billed");

    assertThatThrownBy(links::chain)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("LinksTest.work(String)")
        .hasMessageContaining("@Audited and @Billed")
        .hasMessageContaining("phase LOG, side INSIDE, order 0");
  }

  @Test
  void proceeding_with_a_wrong_number_of_arguments_is_refused() {
    Chain chain =
        Links.of(here(), runtime)
            .link(i -> i.proceed(new Object[0]), Phase.BODY, Side.INSIDE, 0, "bad")
            .chain();

    assertThatThrownBy(() -> call(chain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes 1 arguments, and a link proceeded with 0");
  }

  @Intercepted(by = PickyFactory.class, phase = Phase.BODY)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Picky {
    @ValueForm(TextForm.DURATION)
    String delay() default "";

    boolean refuse() default false;

    boolean crash() default false;
  }

  static final class PickyFactory implements InterceptorFactory<Picky> {
    @Override
    public Interceptor create(Picky picky, JoinPoint joinPoint, FunctionRuntime runtime) {
      if (picky.refuse()) {
        throw new ConfigurationException("refuse: can't be");
      }
      if (picky.crash()) {
        throw new java.util.NoSuchElementException("No value present");
      }
      return Invocation::proceed;
    }
  }

  @Intercepted(by = LinksTest.InnerFactory.class, phase = Phase.BODY)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Unmakable {}

  final class InnerFactory implements InterceptorFactory<Unmakable> {
    @Override
    public Interceptor create(Unmakable u, JoinPoint joinPoint, FunctionRuntime runtime) {
      return Invocation::proceed;
    }
  }

  static class Subject {
    @Picky(delay = "soon")
    void unparsable() {}

    @Picky(refuse = true)
    void refused() {}

    @Unmakable
    void unmakable() {}

    @Picky(crash = true)
    void crashing() {}

    @Picky(delay = "1h 30m")
    void fine() {}
  }

  private Links annotationsOf(String method) throws NoSuchMethodException {
    Method target = Subject.class.getDeclaredMethod(method);
    return Links.of(JoinPoints.method(target, false), runtime)
        .annotations(List.of(target.getDeclaredAnnotations()));
  }

  @Test
  void a_bad_value_names_class_method_annotation_attribute_and_fix() {
    assertThatThrownBy(() -> annotationsOf("unparsable"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "dev.powertools.core.chain.LinksTest$Subject.unparsable(): @Picky: delay: \"soon\" is not"
                + " a length of time; write it like 500ms, 30s, 15m, 1h, 7d or PT15M");
  }

  @Test
  void what_a_factory_refuses_names_the_place() {
    assertThatThrownBy(() -> annotationsOf("refused"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("Subject.refused(): @Picky: refuse: can't be");
  }

  @Test
  void what_a_factory_throws_by_mistake_names_the_place_too() {
    assertThatThrownBy(() -> annotationsOf("crashing"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Subject.crashing(): @Picky: ")
        .hasMessageContaining("PickyFactory threw java.util.NoSuchElementException: No value");
  }

  @Intercepted(by = TagFactory.class, phase = Phase.BODY)
  @Retention(RetentionPolicy.RUNTIME)
  @Repeatable(Tags.class)
  @interface Tag {
    String value();
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Tags {
    Tag[] value();
  }

  static final class TagFactory implements InterceptorFactory<Tag> {
    @Override
    public Interceptor create(Tag tag, JoinPoint joinPoint, FunctionRuntime runtime) {
      return Invocation::proceed;
    }
  }

  static class Tagged {
    @Tag("1")
    @Tag("2")
    void twice() {}

    @Tags(@Tag("1"))
    void contained() {}
  }

  @Test
  void a_repeated_annotation_is_refused_and_never_passed_over() throws Exception {
    Method twice = Tagged.class.getDeclaredMethod("twice");
    Links links =
        Links.of(JoinPoints.method(twice, false), runtime)
            .annotations(List.of(twice.getDeclaredAnnotations()));

    assertThatThrownBy(links::chain)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("@Tag and @Tag claim the same place");
  }

  @Test
  void an_annotation_in_its_container_makes_a_link() throws Exception {
    Method contained = Tagged.class.getDeclaredMethod("contained");

    assertThat(
            Links.of(JoinPoints.method(contained, false), runtime)
                .annotations(List.of(contained.getDeclaredAnnotations()))
                .chain()
                .isEmpty())
        .isFalse();
  }

  @Test
  void a_factory_that_cannot_be_made_says_why() {
    assertThatThrownBy(() -> annotationsOf("unmakable"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("@Unmakable")
        .hasMessageContaining("needs to be a static or top-level class");
  }

  @Test
  void good_values_make_a_link() throws Exception {
    assertThat(annotationsOf("fine").chain().isEmpty()).isFalse();
  }
}
