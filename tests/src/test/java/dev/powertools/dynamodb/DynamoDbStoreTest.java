// SPDX-License-Identifier: Apache-2.0
package dev.powertools.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.idempotency.dynamodb.DynamoDbOptions;
import dev.powertools.idempotency.dynamodb.DynamoDbStore;
import dev.powertools.idempotency.dynamodb.DynamoDbStoreException;
import dev.powertools.idempotency.dynamodb.DynamoDbStoreException.Reason;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Refused;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import dev.powertools.local.VirtualClock;
import dev.powertools.local.aws.Aws;
import dev.powertools.local.aws.AwsCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The items of the store, its round trips, and what it makes of lost answers. */
@ExtendWith(Tables.Extension.class)
class DynamoDbStoreTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.250Z");
  private static final Instant LEASE_END = NOW.plusSeconds(30);
  private static final Instant EXPIRY = Instant.parse("2026-11-21T11:00:00Z");

  private final Tables tables;
  private final String table;
  private final Aws aws = Aws.start(VirtualClock.start());
  private final DynamoDbStore store;

  DynamoDbStoreTest(Tables tables) {
    this.tables = tables;
    this.table = tables.create();
    aws.endpoint("dynamodb", tables.endpoint());
    this.store = DynamoDbStore.of(DynamoDbOptions.of(table), aws.client(DynamoDbClient.builder()));
  }

  @AfterEach
  void everyFaultHappened() {
    aws.close();
  }

  private static StoredRecord claimBy(String owner) {
    return StoredRecord.builder("f.charge#k", Status.IN_PROGRESS, EXPIRY)
        .owner(owner)
        .claimedAt(NOW)
        .leaseEnd(LEASE_END)
        .build();
  }

  private static StoredRecord resultOf(String owner, String json) {
    return claimBy(owner).toBuilder().status(Status.COMPLETED).data(json.getBytes(UTF_8)).build();
  }

  private Map<String, AttributeValue> item() {
    return tables
        .client()
        .getItem(r -> r.tableName(table).key(Map.of("id", AttributeValue.fromS("f.charge#k"))))
        .item();
  }

  private List<String> operations() {
    return aws.requests().stream().map(AwsCall::operation).toList();
  }

  @Nested
  class An_item {

    @Test
    void of_a_claim_has_the_attributes_that_aws_powertools_looks_up_and_ours() {
      store.claim(claimBy("me"), NOW);

      assertThat(item())
          .containsOnly(
              Map.entry("id", AttributeValue.fromS("f.charge#k")),
              Map.entry("status", AttributeValue.fromS("INPROGRESS")),
              Map.entry("expiration", AttributeValue.fromN("1795258800")),
              Map.entry("in_progress_expiration", AttributeValue.fromN("1795255230250")),
              Map.entry("owner", AttributeValue.fromS("me")),
              Map.entry("claimed_at", AttributeValue.fromN("1795255200250")),
              Map.entry("format", AttributeValue.fromN("1")));
    }

    @Test
    void of_a_result_holds_it_as_text() {
      store.claim(claimBy("me"), NOW);
      store.complete(resultOf("me", "{\"receipt\":1}").toBuilder().validation("hash").build(), NOW);

      assertThat(item())
          .containsEntry("status", AttributeValue.fromS("COMPLETED"))
          .containsEntry("data", AttributeValue.fromS("{\"receipt\":1}"))
          .containsEntry("validation", AttributeValue.fromS("hash"))
          .doesNotContainKey("content");
    }

    @Test
    void of_compressed_bytes_holds_them_as_they_are() {
      store.claim(claimBy("me"), NOW);
      store.complete(
          resultOf("me", "bytes").toBuilder().content(Content.COMPRESSED_RESULT).build(), NOW);

      assertThat(item())
          .containsEntry("content", AttributeValue.fromS("COMPRESSED_RESULT"))
          .hasEntrySatisfying(
              "data", data -> assertThat(data.b().asUtf8String()).isEqualTo("bytes"));
    }

    @Test
    void keeps_what_others_added_when_it_is_completed() {
      store.claim(claimBy("me"), NOW);
      tables
          .client()
          .updateItem(
              r ->
                  r.tableName(table)
                      .key(Map.of("id", AttributeValue.fromS("f.charge#k")))
                      .updateExpression("SET note = :n")
                      .expressionAttributeValues(Map.of(":n", AttributeValue.fromBool(true))));

      store.complete(resultOf("me", "1"), NOW);

      assertThat(item()).containsEntry("note", AttributeValue.fromBool(true));
    }

    @Test
    void under_a_sort_key_has_the_function_in_its_partition_key() {
      String sorted = tables.create("id", ScalarAttributeType.S, "sort");
      DynamoDbOptions options =
          DynamoDbOptions.builder(sorted).sortKeyAttribute("sort").partitionValue("mine").build();
      DynamoDbStore.of(options, tables.client()).claim(claimBy("me"), NOW);

      assertThat(tables.client().scan(r -> r.tableName(sorted)).items())
          .singleElement()
          .satisfies(
              item ->
                  assertThat(item)
                      .containsEntry("id", AttributeValue.fromS("mine"))
                      .containsEntry("sort", AttributeValue.fromS("f.charge#k")));
    }

    @Test
    void that_is_no_record_is_told_apart_and_left_alone() {
      tables
          .client()
          .putItem(r -> r.tableName(table).item(Map.of("id", AttributeValue.fromS("f.charge#k"))));

      assertThatThrownBy(() -> store.claim(claimBy("me"), NOW))
          .isInstanceOfSatisfying(
              DynamoDbStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.UNREADABLE))
          .hasMessageContaining("f.charge#k", table, "it has no expiration");
    }

    @Test
    void that_is_no_record_and_has_expired_stops_nobody() {
      tables
          .client()
          .putItem(
              r ->
                  r.tableName(table)
                      .item(
                          Map.of(
                              "id", AttributeValue.fromS("f.charge#k"),
                              "status", AttributeValue.fromS("EXPIRED"),
                              "expiration", AttributeValue.fromN("1"))));

      assertThat(store.claim(claimBy("me"), NOW))
          .isInstanceOfSatisfying(Written.class, written -> assertThat(written.before()).isEmpty());
    }

    @Test
    void of_a_later_format_is_not_guessed_at() {
      store.claim(claimBy("you"), NOW);
      tables
          .client()
          .updateItem(
              r ->
                  r.tableName(table)
                      .key(Map.of("id", AttributeValue.fromS("f.charge#k")))
                      .updateExpression("SET #f = :f")
                      .expressionAttributeNames(Map.of("#f", "format"))
                      .expressionAttributeValues(Map.of(":f", AttributeValue.fromN("2"))));

      assertThatThrownBy(() -> store.claim(claimBy("me"), NOW))
          .hasMessageContaining("its format is 2, and we know 1");
    }

    @Test
    void takes_data_up_to_the_limit_whatever_else_is_in_it() {
      String id = "k".repeat(2048);
      String owner = "o".repeat(128);
      StoredRecord claim =
          StoredRecord.builder(id, Status.IN_PROGRESS, EXPIRY)
              .owner(owner)
              .claimedAt(NOW)
              .leaseEnd(LEASE_END)
              .validation("v".repeat(128))
              .build();
      store.claim(claim, NOW);

      store.complete(
          claim.toBuilder()
              .status(Status.COMPLETED)
              .content(Content.COMPRESSED_RESULT)
              .data(new byte[store.maxDataBytes()])
              .build(),
          NOW);

      Reply reply = store.claim(claim.toBuilder().owner("other").build(), NOW);
      assertThat(reply)
          .isInstanceOfSatisfying(
              Refused.class,
              refused ->
                  assertThat(refused.existing().orElseThrow().data().orElseThrow())
                      .hasSize(store.maxDataBytes()));
      assertThat(store.maxDataBytes()).isGreaterThan(400_000);
    }

    @Test
    void that_would_be_too_large_is_noted_as_done_without_its_result() {
      store.claim(claimBy("me"), NOW);
      StoredRecord large = resultOf("me", "x".repeat(500_000));

      assertThat(store.complete(large, NOW)).isInstanceOf(Written.class);

      assertThat(item())
          .containsEntry("status", AttributeValue.fromS("COMPLETED"))
          .containsEntry("content", AttributeValue.fromS("NOT_KEPT"))
          .doesNotContainKey("data");
    }
  }

  @Nested
  class Round_trips {

    @Test
    void of_a_first_run_are_two() {
      store.claim(claimBy("me"), NOW);
      store.complete(resultOf("me", "1"), NOW);

      assertThat(operations()).containsExactly("PutItem", "UpdateItem");
    }

    @Test
    void of_a_replay_and_of_a_lost_race_are_one_each() {
      store.claim(claimBy("me"), NOW);
      Reply lost = store.claim(claimBy("you"), NOW);
      store.complete(resultOf("me", "1"), NOW);
      Reply replay = store.claim(claimBy("you"), NOW);

      assertThat(operations()).containsExactly("PutItem", "PutItem", "UpdateItem", "PutItem");
      assertThat(List.of(lost, replay)).allMatch(reply -> reply instanceof Refused);
    }

    @Test
    void of_starting_are_none() {
      store.start(FunctionRuntime.builder().build());

      assertThat(operations()).isEmpty();
    }

    @Test
    void are_one_more_where_a_refusal_shows_nothing() {
      store.claim(claimBy("you"), NOW);
      aws.on("dynamodb", "PutItem").error(400, "ConditionalCheckFailedException", "refused");

      Reply reply = store.claim(claimBy("me"), NOW);

      assertThat(operations()).containsExactly("PutItem", "PutItem", "GetItem");
      assertThat(aws.requests("dynamodb", "GetItem").get(0).request().text())
          .contains("\"ConsistentRead\":true");
      assertThat(reply)
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.existing().orElseThrow().isOwnedBy("you")).isTrue());
    }
  }

  @Nested
  class An_answer_that_is_lost {

    @Test
    void to_a_claim_is_asked_for_again_and_met_by_our_own_token() {
      aws.on("dynamodb", "PutItem").loseResponse();

      Reply reply = store.claim(claimBy("me"), NOW);

      assertThat(reply)
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.existing().orElseThrow().isOwnedBy("me")).isTrue());
      assertThat(operations()).containsExactly("PutItem", "PutItem");
    }

    @Test
    void to_a_completion_is_asked_for_again_and_given() {
      store.claim(claimBy("me"), NOW);
      aws.on("dynamodb", "UpdateItem").loseResponse();

      assertThat(store.complete(resultOf("me", "1"), NOW)).isInstanceOf(Written.class);
      assertThat(operations()).containsExactly("PutItem", "UpdateItem", "UpdateItem");
    }

    @Test
    void to_a_release_leaves_nothing_and_nothing_of_another() {
      store.claim(claimBy("me"), NOW);
      aws.on("dynamodb", "DeleteItem").loseResponse();

      assertThat(store.release(claimBy("me"), NOW))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.existing()).isEmpty());
      assertThat(item()).isEmpty();
    }
  }
}
