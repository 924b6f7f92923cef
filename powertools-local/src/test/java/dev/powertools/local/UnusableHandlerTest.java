// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A handler that can't be made: the message says which class, why, and what to do. */
class UnusableHandlerTest {
  private static final String PACKAGE = "dev.powertools.local.";
  private static final String U = PACKAGE + "Unusable$";

  static Stream<Arguments> handlers() {
    return Stream.of(
        row(U + "Throwing", "TABLE is not set", "mend that"),
        row(U + "ThrowingStatically", "InInitializer", "mend that"),
        row(U + "Abstract", "is abstract", "name a class that extends it"),
        row(U + "Abstract::handleRequest", "is abstract", "name a class that extends it"),
        row(U + "Contract", "is an interface", "name a class that implements it"),
        row(U + "Private", "its constructor isn't public", "make it public"),
        row(U + "Dependent", "needs (String)", "public one without parameters"),
        row(U + "Hidden", "isn't public", "make the class and its constructor public"),
        row(U + "Inner", "inner class", "make it static"),
        row(U + "Service", "is no RequestHandler", "as in " + U + "Service::graded"),
        row(U + "Empty", "is no RequestHandler", "implement one"),
        row(U + "Open", "concrete type", "extends Unusable.Open<Order>"),
        row(U + "Service::pay", "has no public method 'pay'", "graded, price, stream, twice"),
        row(U + "Service::secret", "'secret' isn't public", "make it public"),
        row(U + "Service::four", "parameters", "(event, Context)"),
        row(U + "Service::twice", "2 methods 'twice'", "keep one"),
        row(PACKAGE + "Unusable.Empty", "nested", "write " + U + "Empty"),
        row(PACKAGE + "Handlers.Counting", "nested", "write " + PACKAGE + "Handlers$Counting"),
        row(U + "Service.price", "method", "write " + U + "Service::price"),
        row("Orders", "no class Orders", "with its package"),
        row("com.acme.Missing", "no class com.acme.Missing", "class path"),
        row("com/acme/Orders.java", "malformed", "com.acme.Orders::handle"),
        row(U + "Service::", "malformed", "com.acme.Orders::handle"),
        row(U + "Service#price", "malformed", "com.acme.Orders::handle"));
  }

  private static Arguments row(String handler, String cause, String fix) {
    return Arguments.of(handler, cause, fix);
  }

  static void explains(
      String handler, String cause, String fix, Function<FunctionOptions, LocalFunction> door) {
    try (LocalFunction function = door.apply(FunctionOptions.of(handler))) {
      FunctionInitException e =
          catchThrowableOfType(
              FunctionInitException.class,
              () -> function.invoke("{}".getBytes(StandardCharsets.UTF_8)));
      assertThat(e).hasMessageStartingWith("Function '" + handler + "' can't be initialised: ");
      assertThat(e.getMessage().replaceFirst("^Function '[^']*'", "")).contains(cause, fix);
      assertThat(e.handler()).isEqualTo(handler);
    }
  }

  @Test
  void a_handler_without_a_class_is_refused_at_once() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FunctionOptions.of("::price"))
        .withMessageContaining("handler is '::price'")
        .withMessageContaining("com.acme.Orders::handle");
  }

  @Nested
  class In_process {
    @ParameterizedTest
    @MethodSource("dev.powertools.local.UnusableHandlerTest#handlers")
    void says_what_is_wrong(String handler, String cause, String fix) {
      explains(handler, cause, fix, LocalFunction::inProcess);
    }

    @Test
    void says_where_an_initialiser_throws() {
      explains(
          U + "Throwing",
          "TABLE is not set",
          "thrown at " + U + "Throwing.<init>(Unusable.java:",
          LocalFunction::inProcess);
    }

    @Test
    void the_longest_of_a_methods_overloads_runs_as_on_the_platform() {
      try (LocalFunction function =
          LocalFunction.inProcess(FunctionOptions.of(U + "Service::graded"))) {
        assertThat(function.invoke("\"a\"".getBytes(StandardCharsets.UTF_8)).text())
            .isEqualTo("\"aUnusable-Service\"");
      }
    }
  }

  @Nested
  class In_a_process {
    @ParameterizedTest
    @MethodSource("dev.powertools.local.UnusableHandlerTest#handlers")
    void says_what_is_wrong(String handler, String cause, String fix) {
      explains(handler, cause, fix, LocalFunction::fork);
    }
  }
}
