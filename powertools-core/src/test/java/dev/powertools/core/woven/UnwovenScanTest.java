// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.UnwovenClassError;
import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.config.Config;
import dev.powertools.core.woven.UnwovenScan.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnwovenScanTest {

  private static final ClassLoader LOADER = UnwovenScanTest.class.getClassLoader();

  @Nested
  class A_class {

    @Test
    void with_annotated_methods_is_found_with_each_method_and_annotation() {
      assertThat(scan(Orders.class))
          .containsExactlyInAnyOrder(
              new Finding(Orders.class.getName(), "charge(I[[JLjava/lang/String;)V", LINK),
              new Finding(Orders.class.getName(), "hidden()I", LINK));
    }

    @Test
    void with_an_annotated_type_is_found() {
      assertThat(scan(Typed.class)).containsExactly(new Finding(Typed.class.getName(), "", LINK));
    }

    @Test
    void with_a_repeated_annotation_is_found() {
      assertThat(scan(Repeated.class)).extracting(Finding::annotation).contains(LINK);
    }

    @Test
    void that_is_woven_is_none() {
      assertThat(scan(Marked.class)).isEmpty();
    }

    @Test
    void does_not_vouch_for_its_unwoven_superclass_nor_that_for_it() {
      assertThat(scan(ChildOfUnwoven.class))
          .extracting(Finding::className)
          .containsOnly(Orders.class.getName());
      assertThat(scan(ChildOfMarked.class))
          .extracting(Finding::className)
          .containsExactly(ChildOfMarked.class.getName());
    }

    @Test
    void with_other_annotations_only_is_none() {
      assertThat(scan(Plain.class)).isEmpty();
    }

    @Test
    void that_nobody_knows_is_none() {
      assertThat(UnwovenScan.scanClass("com.acme.Nowhere", LOADER)).isEmpty();
    }

    @Test
    void is_found_once_though_the_compiler_copies_annotations_to_bridges() {
      assertThat(scan(Generic.class))
          .containsExactly(
              new Finding(
                  Generic.class.getName(), "apply(Ljava/lang/String;)Ljava/lang/String;", LINK));
    }
  }

  @Nested
  class A_subclass_of_a_base_class {

    @Test
    void needs_no_weaving_for_its_type_and_for_what_the_base_class_calls() {
      assertThat(scan(OnBase.class)).isEmpty();
    }

    @Test
    void needs_it_for_any_other_method() {
      assertThat(scan(BesideBase.class))
          .extracting(Finding::member)
          .containsExactlyInAnyOrder(
              "handle(Ljava/lang/String;I)Ljava/lang/String;", "other()V", "fixed()V");
    }
  }

  @Nested
  class An_override_in_a_subclass {

    @Test
    void leaves_the_annotation_of_what_it_overrides_to_the_weaver() {
      assertThat(scan(OverridingAgain.class))
          .containsExactlyInAnyOrder(
              new Finding(
                  OnBase.class.getName(), "handle(Ljava/lang/String;)Ljava/lang/String;", LINK));
    }

    @Test
    void is_what_the_base_class_calls_though_the_bridge_is_further_up() {
      assertThat(scan(AnnotatedOnTop.class)).isEmpty();
    }
  }

  @Nested
  class An_interface {

    @Test
    void with_an_annotated_default_method_is_found_in_any_handler() {
      Finding finding = new Finding(Pricing.class.getName(), "price()V", LINK);

      assertThat(scan(Priced.class)).containsExactly(finding);
      assertThat(scan(PricedOnBase.class)).containsExactly(finding);
    }
  }

  @Nested
  class A_container {

    @Test
    void alone_is_found_and_other_annotations_in_annotations_are_not() {
      assertThat(scan(Contained.class))
          .containsExactly(new Finding(Contained.class.getName(), "once()V", LINK));
    }
  }

  @Nested
  class An_overload_of_what_the_base_class_calls {

    @Test
    void needs_weaving() {
      assertThat(scan(Overloading.class))
          .extracting(Finding::member)
          .containsExactlyInAnyOrder(
              "handle(Ljava/lang/String;I)Ljava/lang/String;",
              "handle(Ljava/lang/Integer;)Ljava/lang/String;");
    }
  }

  @Nested
  class A_folder {

    @Test
    void is_scanned_with_all_below_it(@TempDir Path folder) throws IOException {
      copy(Orders.class, folder);
      copy(Marked.class, folder);
      copy(Plain.class, folder);
      copy(Linked.class, folder);
      Files.writeString(folder.resolve("readme.txt"), "no class file");

      assertThat(UnwovenScan.scanDirectory(folder, LOADER))
          .hasSize(2)
          .extracting(Finding::className)
          .containsOnly(Orders.class.getName());
    }
  }

  @Nested
  class The_check_at_start {

    @Test
    void throws_an_error_that_names_class_method_annotation_and_the_lines_to_add() {
      Config config = Config.of(Map.of("_HANDLER", Orders.class.getName() + "::charge"));

      assertThatThrownBy(() -> UnwovenScan.checkHandler(config, LOADER))
          .isInstanceOf(UnwovenClassError.class)
          .isInstanceOf(LinkageError.class)
          .hasMessageContaining("Orders.charge @Linked")
          .hasMessageContaining("<artifactId>byte-buddy-maven-plugin</artifactId>")
          .hasMessageContaining("<artifactId>powertools-weaver</artifactId>")
          .hasMessageContaining("<goal>transform</goal>");
    }

    @Test
    void takes_the_handler_from_the_command_line_of_a_runtime_client_started_by_hand() {
      Map<String, String> command =
          Map.of("sun.java.command", "client.Main " + Orders.class.getName());

      assertThatThrownBy(
              () ->
                  UnwovenScan.checkHandler(
                      Config.of(Map.of("AWS_LAMBDA_RUNTIME_API", "localhost"), command), LOADER))
          .isInstanceOf(UnwovenClassError.class);
      assertThatCode(() -> UnwovenScan.checkHandler(Config.of(Map.of(), command), LOADER))
          .doesNotThrowAnyException();
    }

    @Test
    void is_silent_about_a_woven_handler() {
      assertThatCode(
              () ->
                  UnwovenScan.checkHandler(
                      Config.of(Map.of("_HANDLER", Marked.class.getName())), LOADER))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void the_lines_to_add_carry_the_versions_of_this_build() {
    assertThat(WeavingHelp.lines())
        .containsPattern("<version>\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?</version>")
        .doesNotContain("${");
  }

  @Test
  void bytes_that_are_no_class_file_are_refused() {
    assertThatThrownBy(() -> ClassFile.read(new byte[64])).isInstanceOf(RuntimeException.class);
  }

  private static List<Finding> scan(Class<?> type) {
    return UnwovenScan.scanClass(type.getName(), LOADER);
  }

  private static void copy(Class<?> type, Path folder) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    Path file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    try (InputStream in = Objects.requireNonNull(LOADER.getResourceAsStream(name))) {
      Files.copy(in, file);
    }
  }

  private static final String LINK = Linked.class.getName();

  @Intercepted(by = Factory.class, phase = Phase.LOG)
  @Retention(RetentionPolicy.RUNTIME)
  @Repeatable(AllLinked.class)
  @interface Linked {
    String value() default "";
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface AllLinked {
    Linked[] value();
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Other {
    String[] texts() default {};

    Phase phase() default Phase.LOG;

    Class<?> type() default Object.class;

    int number() default 0;
  }

  static final class Factory implements InterceptorFactory<Linked> {
    @Override
    public Interceptor create(Linked annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
      return Invocation::proceed;
    }
  }

  static class Orders {
    static final long LONG = 4_294_967_296L;
    static final double DOUBLE = 0.1;

    @Other(
        texts = {"a", "b"},
        phase = Phase.TRACE,
        type = String.class,
        number = 7)
    @Linked("x")
    void charge(int amount, long[][] parts, String text) {}

    @Linked
    private int hidden() {
      return (int) (LONG * DOUBLE);
    }

    void plain() {
      Runnable hides = () -> hidden();
      hides.run();
    }
  }

  @Linked
  static class Typed {}

  static class Repeated {
    @Linked("1")
    @Linked("2")
    void twice() {}
  }

  static class Marked implements Woven {
    @Linked
    void charge() {}
  }

  static class ChildOfUnwoven extends Orders implements Woven {
    @Linked
    void own() {}
  }

  static class ChildOfMarked extends Marked {
    @Linked
    void own() {}
  }

  @Other
  static class Plain {
    @Other
    void plain() {}
  }

  static class Generic implements java.util.function.UnaryOperator<String> {
    @Linked
    @Override
    public String apply(String text) {
      return text;
    }
  }

  abstract static class Base<T> implements RequestHandler<String, String> {
    protected abstract T handle(T in);

    protected void before() {}

    static void fixed() {}

    @Override
    public String handleRequest(String in, Context context) {
      return in;
    }
  }

  @Linked
  static class OnBase extends Base<String> {
    @Linked
    @Override
    protected String handle(String in) {
      return in;
    }

    @Linked
    @Override
    protected void before() {}
  }

  static class Overloading extends Base<String> {
    @Linked
    @Override
    protected String handle(String in) {
      return handle(in, 1);
    }

    @Linked
    String handle(String in, int more) {
      return in + more;
    }

    @Linked
    String handle(Integer in) {
      return "" + in;
    }
  }

  static class OverridingAgain extends OnBase {
    @Override
    protected String handle(String in) {
      return super.handle(in);
    }
  }

  static class Unannotated extends Base<String> {
    @Override
    protected String handle(String in) {
      return in;
    }
  }

  static class AnnotatedOnTop extends Unannotated {
    @Linked
    @Override
    protected String handle(String in) {
      return super.handle(in);
    }
  }

  interface Pricing {
    @Linked
    default void price() {}
  }

  interface FinePricing extends Pricing {}

  static class Priced implements FinePricing, Pricing {}

  static class PricedOnBase extends OnBase implements FinePricing {}

  @Retention(RetentionPolicy.RUNTIME)
  @interface Holds {
    Linked one();

    Linked[] more();
  }

  static class Contained {
    @AllLinked(@Linked)
    void once() {}

    @Holds(one = @Linked, more = @Linked)
    void holds() {}
  }

  static class BesideBase extends OnBase {
    @Linked
    String handle(String in, int more) {
      return in + more;
    }

    @Linked
    void other() {}

    @Linked
    static void fixed() {}
  }
}
