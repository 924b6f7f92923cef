// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.core.Signal;
import dev.powertools.idempotency.MemoryStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.local.FunctionInitException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A test runs with what the handler's own provider says, and never on its tables and queues. */
@FunctionTest
class ProviderTest {

  private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/000000000000/orders";

  /** A user's collaborator. */
  interface Prices {
    int of(String article);
  }

  /** A user's signal. */
  record Priced(String name) implements Signal {}

  /** What production runs with: a shelf of prices, a store and queues of its own. */
  public static class ShopRuntime implements RuntimeProvider {

    static final ThreadLocal<List<String>> HEARD = ThreadLocal.withInitial(ArrayList::new);

    @Override
    public FunctionRuntime runtime() {
      String stage = FunctionRuntime.current().config().variable("STAGE").orElse("production");
      return FunctionRuntime.builder()
          .part(Prices.class, article -> stage.length())
          .part(String.class, "environment " + UUID.randomUUID())
          .part(IdempotencyStore.class, new RealStore(MemoryStore.singleEnvironment()))
          .lazyPart(SqsClient.class, SqsClient::create)
          .lazyPart(SqsAsyncClient.class, SqsAsyncClient::create)
          .listener((signal, invocation) -> HEARD.get().add(signal.name()))
          .build();
    }
  }

  /** Stands for a table. */
  private record RealStore(IdempotencyStore table) implements IdempotencyStore {
    @Override
    public Reply claim(StoredRecord claim, Instant now) {
      return table.claim(claim, now);
    }

    @Override
    public Reply complete(StoredRecord completed, Instant now) {
      return table.complete(completed, now);
    }

    @Override
    public Reply release(StoredRecord claim, Instant now) {
      return table.release(claim, now);
    }
  }

  /** Says what it runs with. */
  @PowertoolsConfig(ShopRuntime.class)
  public static class Shop extends FunctionHandler<String, String> {
    @Override
    protected String handle(String what, Context context) {
      FunctionInvocation invocation = FunctionInvocation.current().orElseThrow();
      FunctionRuntime runtime = invocation.runtime();
      invocation.emit(new Priced("shop.priced"));
      return switch (what) {
        case "price" -> "" + runtime.part(Prices.class).orElseThrow().of("apple");
        case "heard" -> String.join(",", ShopRuntime.HEARD.get());
        case "store" ->
            runtime.part(IdempotencyStore.class).orElseThrow().getClass().getSimpleName();
        case "sqs" ->
            runtime
                .part(SqsClient.class)
                .orElseThrow()
                .sendMessage(r -> r.queueUrl(QUEUE).messageBody("sent"))
                .messageId();
        case "async" -> runtime.part(SqsAsyncClient.class).orElseThrow().toString();
        case "environment" -> runtime.part(String.class).orElseThrow();
        default -> "cold " + invocation.coldStart();
      };
    }
  }

  private static String ask(TestFunction shop, String what) {
    TestResponse response = shop.invoke(what);
    return response.error().map(error -> error.message()).orElseGet(response::text);
  }

  @Test
  void its_parts_and_listeners_are_in_force(Functions functions) {
    TestFunction shop = functions.function(Shop.class);

    assertThat(ask(shop, "price")).isEqualTo("\"10\"");
    assertThat(ask(shop, "heard")).contains("shop.priced");
  }

  @Test
  void it_sees_the_tests_variables(Functions functions) {
    TestFunction shop = functions.environment("STAGE", "test").function(Shop.class);

    assertThat(ask(shop, "price")).isEqualTo("\"4\"");
  }

  @Test
  void what_the_test_gives_wins(Functions functions) {
    List<String> heard = new CopyOnWriteArrayList<>();
    TestFunction shop =
        functions
            .with(Prices.class, article -> 99)
            .listener((signal, invocation) -> heard.add(signal.name()))
            .function(Shop.class);

    assertThat(ask(shop, "price")).isEqualTo("\"99\"");
    assertThat(heard).containsExactly("shop.priced");
  }

  @Test
  void its_store_and_its_queues_are_replaced(Functions functions) {
    TestFunction shop = functions.function(Shop.class);

    assertThat(ask(shop, "store")).isEqualTo("\"TestStore\"");
    ask(shop, "sqs");
    assertThat(functions.deadLetters())
        .singleElement()
        .satisfies(message -> assertThat(message.body()).isEqualTo("sent"));
  }

  @Test
  void unless_the_test_wants_its_own(Functions functions) {
    TestFunction shop = functions.withOwn(IdempotencyStore.class).function(Shop.class);

    assertThat(ask(shop, "store")).isEqualTo("\"RealStore\"");
  }

  @Test
  void another_client_of_aws_is_refused_with_what_to_do(Functions functions) {
    assertThat(ask(functions.function(Shop.class), "async"))
        .contains("reaches no AWS", "functions.with(SqsAsyncClient.class", "withOwn(");
  }

  @Test
  void it_may_be_left_out(Functions functions) {
    TestFunction shop = functions.withoutProvider().function(Shop.class);

    assertThat(shop.invoke("price").error()).isPresent();
  }

  @Test
  void each_environment_has_a_runtime_of_its_own(Functions functions) {
    TestFunction shop = functions.function(Shop.class);
    String first = ask(shop, "environment");

    assertThat(ask(shop, "environment")).isEqualTo(first);
    assertThat(ask(shop.cold(), "environment")).isNotEqualTo(first);
  }

  @Test
  void a_cold_start_is_one_for_the_toolkit_too(Functions functions) {
    TestFunction shop = functions.function(Shop.class);

    assertThat(ask(shop, "")).isEqualTo("\"cold true\"");
    assertThat(ask(shop, "")).isEqualTo("\"cold false\"");
    assertThat(ask(shop.cold(), "")).isEqualTo("\"cold true\"");
  }

  @Nested
  class A_wish_that_cannot_be_granted {

    @Test
    void is_for_a_part_that_nobody_brings(Functions functions) {
      TestFunction shop = functions.withOwn(Thread.class).function(Shop.class);

      assertThatThrownBy(() -> shop.invoke("price"))
          .isInstanceOf(FunctionInitException.class)
          .hasMessageContaining("withOwn(Thread.class)")
          .hasMessageContaining("ProviderTest$Shop brings none");
    }

    @Test
    void is_for_a_provider_that_throws(Functions functions) {
      TestFunction eager = functions.function(Eager.class);

      assertThatThrownBy(() -> eager.invoke("price"))
          .isInstanceOf(FunctionInitException.class)
          .hasMessageContaining("ProviderTest$Eager can't be made in a test")
          .hasMessageContaining("no region")
          .hasMessageContaining("lazyPart")
          .hasMessageContaining("withoutProvider()");
      assertThat(functions.withoutProvider().function(Eager.class).invoke("x").text())
          .isEqualTo("\"x\"");
    }
  }

  /** Makes its clients at once. */
  public static class EagerRuntime implements RuntimeProvider {
    @Override
    public FunctionRuntime runtime() {
      throw new IllegalStateException("no region");
    }
  }

  /** Can only run on AWS. */
  @PowertoolsConfig(EagerRuntime.class)
  public static class Eager extends FunctionHandler<String, String> {
    @Override
    protected String handle(String event, Context context) {
      return event;
    }
  }
}
