// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.json.UndecodablePayloadException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FunctionHandlerTest {

  private final List<String> seen = new ArrayList<>();
  private final FunctionRuntime runtime =
      Fixtures.runtime().part(Noted.Notes.class, seen::add).build();

  @Intercepted(by = Noted.Factory.class, phase = Phase.LOG)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Noted {
    String value();

    interface Notes {
      void add(String line);
    }

    final class Factory implements InterceptorFactory<Noted> {
      @Override
      public Interceptor create(Noted noted, JoinPoint joinPoint, FunctionRuntime runtime) {
        Notes notes = runtime.part(Notes.class).orElseThrow();
        return invocation -> {
          notes.add(noted.value() + " of " + invocation.function().requestId());
          try {
            return invocation.proceed();
          } catch (Throwable t) {
            notes.add("threw " + t.getClass().getSimpleName());
            throw t;
          }
        };
      }
    }
  }

  record Greeting(String name, int times) {}

  @Noted("the type")
  static class Greeter extends FunctionHandler<Greeting, List<String>> {
    @Override
    protected List<String> handle(Greeting greeting, Context context) throws IOException {
      if (greeting.times() < 0) {
        throw new IOException("less than nothing");
      }
      return List.of(greeting.name().repeat(greeting.times()), context.getAwsRequestId());
    }
  }

  static class Nearer extends Greeter {
    @Override
    @Noted("the method")
    protected List<String> handle(Greeting greeting, Context context) throws IOException {
      return super.handle(greeting, context);
    }
  }

  private String handle(FunctionHandler<?, ?> handler, String event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Scope.Attached ignored = Scope.of(runtime).attach()) {
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
          out,
          Fixtures.context("r-1", 100));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void reads_the_event_and_writes_the_response() {
    assertThat(handle(new Greeter(), "{\"name\":\"ada\",\"times\":2}"))
        .isEqualTo("[\"adaada\",\"r-1\"]");
    assertThat(seen).containsExactly("the type of r-1");
  }

  @Test
  void an_annotation_of_the_method_is_nearer_than_that_of_the_type() {
    handle(new Nearer(), "{\"name\":\"ada\",\"times\":1}");

    assertThat(seen).containsExactly("the method of r-1");
  }

  @Test
  void a_checked_exception_reaches_the_platform_unchanged() {
    assertThatThrownBy(() -> handle(new Greeter(), "{\"name\":\"ada\",\"times\":-1}"))
        .hasRootCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("less than nothing");
    assertThat(seen).containsExactly("the type of r-1", "threw IOException");
  }

  @Test
  void links_outside_decoding_see_that_an_event_could_not_be_read() {
    assertThatThrownBy(() -> handle(new Greeter(), "{\"name\":\"ada\",\"times\":\"two\"}"))
        .isInstanceOf(UndecodablePayloadException.class)
        .hasMessageContaining("/times");
    assertThat(seen).containsExactly("the type of r-1", "threw UndecodablePayloadException");
  }

  @Nested
  class A_handler_that_cannot_work_says_why_when_it_is_made {

    static class Elsewhere extends FunctionHandler<String, String> {
      @Override
      protected String handle(String event, Context context) {
        return charge(event);
      }

      @Noted("never applied")
      String charge(String event) {
        return event;
      }
    }

    @Test
    void an_annotation_that_nobody_applies() {
      assertThatThrownBy(Elsewhere::new)
          .isInstanceOf(UnwovenClassError.class)
          .hasMessageContaining("Elsewhere.charge @Noted")
          .hasMessageContaining("byte-buddy-maven-plugin");
    }

    static class AwsEvent extends FunctionHandler<SQSEvent, String> {
      @Override
      protected String handle(SQSEvent event, Context context) {
        return "";
      }
    }

    @Test
    void an_event_that_only_the_platforms_serialiser_reads() {
      assertThatThrownBy(AwsEvent::new)
          .isInstanceOf(PowertoolsException.class)
          .hasMessageContaining("SQSEvent")
          .hasMessageContaining("RequestHandler");
    }

    static class Open<T extends @Nullable Object> extends FunctionHandler<T, String> {
      @Override
      protected String handle(T event, Context context) {
        return "";
      }
    }

    @Test
    void an_open_type_parameter() {
      assertThatThrownBy(Open<String>::new)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("leaves the type T of");
    }

    @SuppressWarnings("rawtypes")
    static class Raw extends FunctionHandler {
      @Override
      protected Object handle(Object event, Context context) {
        return "";
      }
    }

    @Test
    void a_raw_base_class() {
      assertThatThrownBy(Raw::new)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("Raw extends FunctionHandler without type arguments");
    }

    static class Twice extends FunctionHandler<String, String> {
      @Override
      @Noted("a")
      protected String handle(String event, Context context) {
        return event;
      }

      @Noted("never applied")
      String handle(String event, int number) {
        return event + number;
      }
    }

    @Test
    void an_annotated_overload_that_is_not_called() {
      assertThatThrownBy(Twice::new)
          .isInstanceOf(UnwovenClassError.class)
          .hasMessageContaining("Twice.handle @Noted");
    }

    static class Shadowing extends Nearer {
      @Override
      protected List<String> handle(Greeting greeting, Context context) throws IOException {
        return super.handle(greeting, context);
      }
    }

    @Test
    void an_annotated_declaration_that_only_the_override_calls() {
      assertThatThrownBy(Shadowing::new)
          .isInstanceOf(UnwovenClassError.class)
          .hasMessageContaining("Nearer.handle @Noted");
    }

    interface Charging {
      @Noted("never applied")
      default String charge() {
        return "";
      }
    }

    static class WithDefault extends Greeter implements Charging {}

    @Test
    void an_annotated_default_method_of_an_interface() {
      assertThatThrownBy(WithDefault::new)
          .isInstanceOf(UnwovenClassError.class)
          .hasMessageContaining("Charging.charge @Noted");
    }

    static class OfLists<T> extends FunctionHandler<List<T>, String> {
      @Override
      protected String handle(List<T> event, Context context) {
        return "";
      }
    }

    static class OfGreetings extends OfLists<Greeting> {}

    @Test
    void a_type_parameter_that_is_open_inside_a_type() {
      assertThatThrownBy(OfGreetings::new)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("leaves the type java.util.List<T>");
    }

    static class Overloaded extends FunctionHandler<Object, String> {
      @Override
      protected String handle(Object event, Context context) {
        return "";
      }

      <N extends Number> String handle(N number, Context context) {
        return context.getAwsRequestId() + number;
      }
    }

    @Test
    void two_methods_that_could_be_meant() {
      assertThatThrownBy(Overloaded::new)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("more than one method that may be the handle");
    }
  }
}
