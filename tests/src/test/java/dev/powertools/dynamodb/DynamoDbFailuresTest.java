// SPDX-License-Identifier: Apache-2.0
package dev.powertools.dynamodb;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.idempotency.dynamodb.DynamoDbOptions;
import dev.powertools.idempotency.dynamodb.DynamoDbStore;
import dev.powertools.idempotency.dynamodb.DynamoDbStoreException;
import dev.powertools.idempotency.dynamodb.DynamoDbStoreException.Reason;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import dev.powertools.local.VirtualClock;
import dev.powertools.local.aws.Aws;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What can be wrong with a table and the way to it, each with a message that helps. */
@ExtendWith(Tables.Extension.class)
class DynamoDbFailuresTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final StoredRecord CLAIM =
      StoredRecord.builder("id", Status.IN_PROGRESS, NOW.plusSeconds(60)).owner("me").build();

  private final Tables tables;
  private final Aws aws = Aws.start(VirtualClock.start()).readTimeout(ofSeconds(2));

  DynamoDbFailuresTest(Tables tables) {
    this.tables = tables;
    aws.endpoint("dynamodb", tables.endpoint());
  }

  @AfterEach
  void everyFaultHappened() {
    aws.close();
  }

  private DynamoDbStore store(DynamoDbOptions options) {
    return DynamoDbStore.of(options, aws.client(DynamoDbClient.builder()));
  }

  private DynamoDbStoreException failureOf(DynamoDbStore store) {
    return catchThrowableOfType(DynamoDbStoreException.class, () -> store.claim(CLAIM, NOW));
  }

  private DynamoDbStoreException failureOfSoundTable() {
    return failureOf(store(DynamoDbOptions.of(tables.create())));
  }

  @Nested
  class A_request_fails_if {

    @Test
    void there_is_no_table() {
      DynamoDbStoreException failure = failureOf(store(DynamoDbOptions.of("nowhere")));

      assertThat(failure.reason()).isEqualTo(Reason.NO_TABLE);
      assertThat(failure)
          .hasMessageContainingAll(
              "PutItem on the DynamoDB table nowhere in us-east-1 failed",
              "Create it, or correct its name (POWERTOOLS_IDEMPOTENCY_TABLE");
    }

    @Test
    void the_partition_key_has_another_name() {
      String table = tables.create("key", ScalarAttributeType.S);
      DynamoDbStoreException failure = failureOf(store(DynamoDbOptions.of(table)));

      assertThat(failure.reason()).isEqualTo(Reason.WRONG_KEYS);
      assertThat(failure)
          .hasMessageContainingAll(
              "set keyAttribute and sortKeyAttribute",
              "Looked up: it has the partition key key (type S) and no sort key, and the store"
                  + " writes the partition key id (type S) and no sort key.");
    }

    @Test
    void the_partition_key_has_another_type() {
      String table = tables.create("id", ScalarAttributeType.N);
      DynamoDbStoreException failure = failureOf(store(DynamoDbOptions.of(table)));

      assertThat(failure.reason()).isEqualTo(Reason.WRONG_KEYS);
      assertThat(failure).hasMessageContaining("it has the partition key id (type N)");
    }

    @Test
    void the_table_has_a_sort_key() {
      String table = tables.create("id", ScalarAttributeType.S, "sort");
      DynamoDbStoreException failure = failureOf(store(DynamoDbOptions.of(table)));

      assertThat(failure.reason()).isEqualTo(Reason.WRONG_KEYS);
      assertThat(failure).hasMessageContaining("and the sort key sort (type S)");
    }

    @Test
    void the_keys_are_wrong_and_the_table_may_not_be_described() {
      aws.on("dynamodb", "DescribeTable").accessDenied();
      String table = tables.create("key", ScalarAttributeType.S);
      DynamoDbStoreException failure = failureOf(store(DynamoDbOptions.of(table)));

      assertThat(failure.reason()).isEqualTo(Reason.WRONG_KEYS);
      assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void the_role_does_not_allow_it() {
      aws.on("dynamodb", "PutItem").accessDenied();
      DynamoDbStoreException failure = failureOfSoundTable();

      assertThat(failure.reason()).isEqualTo(Reason.ACCESS_DENIED);
      assertThat(failure)
          .hasMessageContainingAll(
              "does not allow dynamodb:PutItem",
              "dynamodb:UpdateItem, dynamodb:DeleteItem and dynamodb:GetItem");
    }

    @Test
    void the_credentials_have_expired() {
      aws.on("dynamodb", "PutItem").expiredCredentials();
      DynamoDbStoreException failure = failureOfSoundTable();

      assertThat(failure.reason()).isEqualTo(Reason.BAD_CREDENTIALS);
      assertThat(failure).hasMessageContaining("have expired");
    }

    @Test
    void the_table_is_throttled_longer_than_the_sdk_tries() {
      aws.on("dynamodb", "PutItem").throttle().always();
      DynamoDbStoreException failure = failureOfSoundTable();

      assertThat(failure.reason()).isEqualTo(Reason.THROTTLED);
      assertThat(failure).hasMessageContaining("PAY_PER_REQUEST");
    }

    @Test
    void no_answer_comes() {
      aws.on("dynamodb", "PutItem").hang().always();
      DynamoDbStoreException failure = failureOfSoundTable();

      assertThat(failure.reason()).isEqualTo(Reason.NO_ANSWER);
      assertThat(failure).hasMessageContaining("VPC needs a gateway endpoint");
    }

    @Test
    void no_connection_can_be_made() {
      aws.on("dynamodb", "PutItem").drop().always();

      assertThat(failureOfSoundTable().reason()).isEqualTo(Reason.NO_ANSWER);
    }

    @Test
    void a_transaction_holds_the_item() {
      aws.on("dynamodb", "PutItem")
          .error(400, "TransactionConflictException", "Transaction is ongoing for the item")
          .always();

      assertThat(failureOfSoundTable().reason()).isEqualTo(Reason.IN_TRANSACTION);
    }

    @Test
    void the_service_has_a_bad_day() {
      aws.on("dynamodb", "PutItem").error(500).always();

      assertThat(failureOfSoundTable().reason()).isEqualTo(Reason.OTHER);
    }

    @Test
    void the_key_is_longer_than_one_can_be() {
      StoredRecord claim =
          StoredRecord.builder("k".repeat(2049), Status.IN_PROGRESS, NOW).owner("me").build();
      DynamoDbStore store = store(DynamoDbOptions.of(tables.create()));

      assertThatThrownBy(() -> store.claim(claim, NOW))
          .isInstanceOf(DynamoDbStoreException.class)
          .hasMessageContaining("2048");
    }
  }

  @Nested
  class A_check_at_start {

    private final FunctionRuntime runtime =
        FunctionRuntime.builder().config(Config.of(Map.of())).build();

    private void start(String table) {
      store(DynamoDbOptions.builder(table).verifyTable().build()).start(runtime);
    }

    @Test
    void passes_over_a_sound_table_and_is_done_once() {
      String table = tables.create();
      tables.expiring(table, "expiration");
      DynamoDbStore store = store(DynamoDbOptions.builder(table).verifyTable().build());
      store.start(runtime);
      store.start(runtime);

      assertThat(aws.requests()).hasSize(2);
    }

    @Test
    void tells_of_a_table_that_is_missing() {
      assertThatThrownBy(() -> start("nowhere"))
          .isInstanceOf(DynamoDbStoreException.class)
          .hasMessageContaining("DescribeTable on the DynamoDB table nowhere");
    }

    @Test
    void tells_of_wrong_keys_and_of_items_that_never_expire() {
      String table = tables.create("key", ScalarAttributeType.S);

      assertThatThrownBy(() -> start(table))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("partition key key (type S)")
          .hasMessageContaining("Enable time to live on the attribute expiration");
    }

    @Test
    void tells_of_items_that_expire_by_another_attribute() {
      String table = tables.create("id", ScalarAttributeType.S);
      tables.expiring(table, "ttl");

      assertThatThrownBy(() -> start(table))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("its items expire by the attribute ttl");
    }

    @Test
    void tells_of_permissions_that_it_needs() {
      aws.on("dynamodb", "DescribeTable").accessDenied();

      assertThatThrownBy(() -> start(tables.create()))
          .hasMessageContaining("does not allow dynamodb:DescribeTable");
    }
  }
}
