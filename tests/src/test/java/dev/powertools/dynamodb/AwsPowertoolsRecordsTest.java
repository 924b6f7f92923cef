// SPDX-License-Identifier: Apache-2.0
package dev.powertools.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.AttributeKey;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Scope;
import dev.powertools.idempotency.Idempotency;
import dev.powertools.idempotency.IdempotencyKeyException;
import dev.powertools.idempotency.IdempotencyOptions;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.idempotency.InProgressException;
import dev.powertools.idempotency.KeyFormat;
import dev.powertools.idempotency.MemoryStore;
import dev.powertools.idempotency.SharedKeys;
import dev.powertools.idempotency.dynamodb.DynamoDbOptions;
import dev.powertools.idempotency.dynamodb.DynamoDbStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One table, used by AWS Powertools for Java and by this library at the same time. */
@FunctionTest
@ExtendWith(Tables.Extension.class)
class AwsPowertoolsRecordsTest {

  private static final AttributeKey<String> TENANT =
      AttributeKey.of("tenant", String.class).keyScoping();

  private final Tables tables;
  private final String table;
  private final DynamoDbStore store;

  AwsPowertoolsRecordsTest(Tables tables) {
    this.tables = tables;
    this.table = tables.create();
    this.store = DynamoDbStore.of(DynamoDbOptions.of(table), tables.client());
  }

  /** An order. */
  public record Order(String orderId, int cents, List<String> items, String note) {}

  /** What a charge gives. */
  public record Receipt(String orderId, int number) {}

  /** Moved over from the other library: its method was {@code handleRequest}. */
  public static final class Charging extends FunctionHandler<Order, Receipt> {
    private final AtomicInteger charged;

    Charging(AtomicInteger charged) {
      this.charged = charged;
    }

    // region moved
    @Override
    @Idempotent(name = "handleRequest", key = "/orderId", keyFormat = KeyFormat.AWS_POWERTOOLS)
    protected Receipt handle(Order order, Context context) {
      return new Receipt(order.orderId(), charged.incrementAndGet());
    }
    // endregion
  }

  private static Idempotency work(String name) {
    return Idempotency.of(
        IdempotencyOptions.builder().name(name).keyFormat(KeyFormat.AWS_POWERTOOLS).build());
  }

  private FunctionRuntime.Builder runtime() {
    return FunctionRuntime.builder()
        .config(Config.of(Map.of("AWS_LAMBDA_FUNCTION_NAME", "shop")))
        .part(IdempotencyStore.class, store);
  }

  private <T> T call(String name, Object key, Class<T> type, T result) {
    try (Scope.Attached ignored = Scope.of(runtime().build()).attach()) {
      return work(name).execute(key, type, () -> result);
    }
  }

  /** Puts an item as that library's requests put it. */
  private void put(String file) throws IOException, InterruptedException {
    String item;
    try (InputStream in = getClass().getResourceAsStream("/aws-powertools/" + file)) {
      item = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    HttpRequest request =
        HttpRequest.newBuilder(tables.endpoint())
            .header("X-Amz-Target", "DynamoDB_20120810.PutItem")
            .header("Content-Type", "application/x-amz-json-1.0")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"TableName\":\"" + table + "\",\"Item\":" + item + "}"))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  @Nested
  class What_the_other_library_stored {

    @Test
    void is_replayed_by_an_annotated_method(Functions functions) throws Exception {
      put("receipt.json");
      AtomicInteger charged = new AtomicInteger();
      TestFunction function =
          functions
              .environment("AWS_LAMBDA_FUNCTION_NAME", "shop")
              .with(IdempotencyStore.class, store)
              .function(Charging.class, () -> new Charging(charged));

      assertThat(function.invoke(new Order("o-1", 5, List.of(), "")).as(Receipt.class))
          .isEqualTo(new Receipt("o-1", 7));
      assertThat(charged).hasValue(0);
    }

    @Test
    void is_replayed_by_plain_code() throws Exception {
      put("receipt.json");

      assertThat(call("handleRequest", "o-1", Receipt.class, new Receipt("o-1", 99)))
          .isEqualTo(new Receipt("o-1", 7));
    }

    @Test
    void as_text_is_given_as_it_is() throws Exception {
      put("text.json");

      assertThat(call("greet", "ada", String.class, "mine")).isEqualTo("hello, \"ada\"");
    }

    @Test
    void as_null_is_null_and_not_its_name() throws Exception {
      put("nothing.json");

      assertThat(call("look", 42, String.class, "mine")).isNull();
    }

    @Test
    void under_an_object_has_the_hash_of_its_sorted_properties_without_nulls() throws Exception {
      put("order.json");

      Order order = new Order("o-1", 500, List.of("b", "a"), null);
      assertThat(call("order", order, Integer.class, 99)).isEqualTo(5);
    }

    @Test
    void under_a_map_has_the_hash_of_its_entries_as_they_come() throws Exception {
      put("map.json");

      Map<String, Object> inner = new LinkedHashMap<>();
      inner.put("y", true);
      inner.put("b", 2.5);
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("z", 1);
      map.put("a", inner);
      assertThat(call("order", map, Integer.class, 99)).isEqualTo(6);
    }

    @Test
    void in_progress_is_left_alone_until_its_lease_is_over() throws Exception {
      put("working.json");
      put("dead.json");
      put("undated.json");

      for (String order : List.of("o-2", "o-4")) {
        assertThatThrownBy(() -> call("handleRequest", order, Integer.class, 1))
            .isInstanceOf(InProgressException.class);
      }
      assertThat(call("handleRequest", "o-3", Integer.class, 1)).isEqualTo(1);
    }
  }

  @Nested
  class What_we_store {

    @Test
    void has_the_attributes_that_the_other_library_reads_and_others_that_it_ignores() {
      call("handleRequest", "o-9", Receipt.class, new Receipt("o-9", 3));

      Map<String, AttributeValue> item =
          tables.client().scan(r -> r.tableName(table)).items().get(0);
      assertThat(item.get("id").s()).startsWith("shop.handleRequest#").hasSize(19 + 32);
      assertThat(item.get("status").s()).isEqualTo("COMPLETED");
      assertThat(item.get("data").s()).isEqualTo("{\"orderId\":\"o-9\",\"number\":3}");
      assertThat(item.get("expiration").n()).hasSize(10);
      assertThat(item.get("in_progress_expiration").n()).hasSize(13);
      assertThat(item.keySet())
          .containsExactlyInAnyOrder(
              "id",
              "status",
              "data",
              "expiration",
              "in_progress_expiration",
              "owner",
              "claimed_at",
              "format");
    }

    @Test
    void as_text_has_no_quotes_and_as_nothing_is_the_word_that_it_reads() {
      call("greet", "ada", String.class, "hello, \"ada\"");
      call("look", 42, Receipt.class, null);

      assertThat(tables.client().scan(r -> r.tableName(table)).items())
          .extracting(item -> item.get("data").s())
          .containsExactlyInAnyOrder("hello, \"ada\"", "null");
      assertThat(call("greet", "ada", String.class, "other")).isEqualTo("hello, \"ada\"");
      assertThat(call("look", 42, Receipt.class, new Receipt("o", 1))).isNull();
    }
  }

  @Nested
  class Initialisation_fails {

    private void link(IdempotencyOptions.Builder options) {
      FunctionRuntime tenants =
          runtime()
              .part(IdempotencyStore.class, MemoryStore.singleEnvironment())
              .requireKey(TENANT)
              .build();
      try (Scope.Attached ignored = Scope.of(tenants).attach()) {
        Idempotency.of(options.name("charge").keyFormat(KeyFormat.AWS_POWERTOOLS).build())
            .execute("o-1", () -> {});
      }
    }

    @Test
    void where_tenants_would_share_keys() {
      assertThatThrownBy(() -> link(IdempotencyOptions.builder()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("tenant")
          .hasMessageContaining("sharedKeys = ACCEPT");
    }

    @Test
    void not_where_that_is_accepted() {
      link(IdempotencyOptions.builder().sharedKeys(SharedKeys.ACCEPT));
    }
  }

  @Test
  void a_key_that_is_missing_is_refused() {
    assertThatThrownBy(() -> call("handleRequest", Map.of(), Integer.class, 1))
        .isInstanceOf(IdempotencyKeyException.class);
  }
}
