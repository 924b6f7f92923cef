// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.LibraryCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/** Which client is used, when it is made, and what is said where there is no SDK. */
class SdkClientTest {

  private final List<String> events = new ArrayList<>();

  /** Notes what is done to it. */
  private final class Noted implements DynamoDbClient {
    private final String name;

    Noted(String name) {
      this.name = name;
      events.add(name + " made");
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      events.add(name + (LibraryCall.isRunning() ? " read" : " read without the mark"));
      return GetItemResponse.builder().build();
    }

    @Override
    public void close() {
      events.add(name + " closed");
    }
  }

  @Nested
  class A_client_of_its_own {

    private final SdkTransport transport =
        new SdkTransport("claims", () -> new Noted("client " + events.size()), true);

    @Test
    void is_made_when_it_is_first_needed_and_once() {
      assertThat(events).isEmpty();
      transport.get(Map.of());
      transport.get(Map.of());

      assertThat(events).containsExactly("client 0 made", "client 0 read", "client 0 read");
    }

    @Test
    void is_closed_and_made_anew_after_a_snapshot() {
      transport.get(Map.of());
      transport.forgetClient();
      transport.get(Map.of());

      assertThat(events)
          .containsExactly(
              "client 0 made",
              "client 0 read",
              "client 0 closed",
              "client 3 made",
              "client 3 read");
    }
  }

  @Test
  void a_client_that_was_given_is_never_closed() {
    SdkTransport transport = new SdkTransport("claims", () -> new Noted("given"), false);
    transport.get(Map.of());
    transport.forgetClient();

    assertThat(events).containsExactly("given made", "given read");
  }

  @Test
  void each_call_is_marked_as_the_toolkits_own() {
    new SdkTransport("claims", () -> new Noted("client"), true).get(Map.of());

    assertThat(events).contains("client read");
    assertThat(LibraryCall.isRunning()).isFalse();
  }

  @Test
  void the_runtimes_client_is_taken_where_there_is_one() {
    FunctionRuntime runtime =
        FunctionRuntime.builder()
            .config(Config.of(Map.of()))
            .lazyPart(DynamoDbClient.class, () -> new Noted("part"))
            .build();

    SdkTransport.of(DynamoDbOptions.of("claims"), null, runtime).get(Map.of());

    assertThat(events).containsExactly("part made", "part read");
  }

  @Test
  void without_a_region_the_environment_variable_is_named() {
    FunctionRuntime runtime = FunctionRuntime.builder().config(Config.of(Map.of())).build();
    SdkTransport transport = SdkTransport.of(DynamoDbOptions.of("claims"), null, runtime);

    assertThatThrownBy(() -> transport.get(Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("AWS_REGION is not set");
  }

  /** Sees everything but the SDK, and has its own copies of our classes. */
  private static final class WithoutSdk extends ClassLoader {

    WithoutSdk(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("software.amazon.awssdk.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.powertools.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Starts a store as a function does whose environment names a table. */
  public static final class Start implements Callable<String> {

    /** For the other class loader. */
    public Start() {}

    @Override
    public String call() {
      try {
        DynamoDbStore.of("claims").start(FunctionRuntime.builder().build());
        return "started";
      } catch (ConfigurationException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  @Test
  void without_the_sdk_starting_fails_with_the_lines_to_add() throws Exception {
    ClassLoader loader = new WithoutSdk(getClass().getClassLoader());
    Callable<?> start =
        (Callable<?>) loader.loadClass(Start.class.getName()).getConstructor().newInstance();

    assertThat(String.valueOf(start.call()))
        .contains(
            "the idempotency table claims can't be used",
            "<groupId>software.amazon.awssdk</groupId>",
            "<artifactId>dynamodb</artifactId>",
            "<artifactId>url-connection-client</artifactId>");
  }
}
