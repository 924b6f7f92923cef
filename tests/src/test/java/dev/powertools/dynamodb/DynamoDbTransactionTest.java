// SPDX-License-Identifier: Apache-2.0
package dev.powertools.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.idempotency.dynamodb.DynamoDbOptions;
import dev.powertools.idempotency.dynamodb.DynamoDbStore;
import dev.powertools.idempotency.spi.Reply.Refused;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The work's own write and its completion are committed together, or neither is. */
@ExtendWith(Tables.Extension.class)
class DynamoDbTransactionTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final DynamoDbClient client;
  private final String orders;
  private final DynamoDbStore store;
  private final StoredRecord claim =
      StoredRecord.builder("charge#1", Status.IN_PROGRESS, NOW.plusSeconds(3600))
          .owner("me")
          .claimedAt(NOW)
          .leaseEnd(NOW.plusSeconds(30))
          .build();
  private final StoredRecord completion =
      claim.toBuilder().status(Status.COMPLETED).data("\"r-1\"".getBytes(UTF_8)).build();

  DynamoDbTransactionTest(Tables tables) {
    this.client = tables.client();
    this.orders = tables.create();
    this.store = DynamoDbStore.of(DynamoDbOptions.of(tables.create()), client);
  }

  private void commit(String orderId) {
    TransactWriteItem order =
        TransactWriteItem.builder()
            .put(
                p ->
                    p.tableName(orders)
                        .item(Map.of("id", AttributeValue.fromS(orderId)))
                        .conditionExpression("attribute_not_exists(id)"))
            .build();
    // region transaction
    client.transactWriteItems(t -> t.transactItems(order, store.transactWriteItem(completion)));
    // endregion
  }

  private int orders() {
    return client.scan(r -> r.tableName(orders)).count();
  }

  @Test
  void both_are_written_and_a_crash_right_after_that_costs_nothing() {
    store.claim(claim, NOW);
    commit("o-1");

    // nothing more of this process

    assertThat(orders()).isEqualTo(1);
    assertThat(store.claim(claim.toBuilder().owner("next").build(), NOW.plusSeconds(600)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(new String(refused.existing().orElseThrow().data().orElseThrow(), UTF_8))
                    .isEqualTo("\"r-1\""));
  }

  @Test
  void the_completion_that_follows_as_always_does_no_harm() {
    store.claim(claim, NOW);
    commit("o-1");

    assertThat(store.complete(completion, NOW)).isInstanceOf(Written.class);
    assertThat(store.release(claim, NOW)).isInstanceOf(Refused.class);
  }

  @Test
  void neither_is_written_when_the_claim_was_taken_over() {
    store.claim(claim, NOW);
    StoredRecord next = claim.toBuilder().owner("next").leaseEnd(NOW.plusSeconds(90)).build();
    store.claim(next, NOW.plusSeconds(31));

    assertThatThrownBy(() -> commit("o-1"))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e -> {
              assertThat(e.cancellationReasons().get(0).code()).isEqualTo("None");
              assertThat(e.cancellationReasons().get(1).code()).isEqualTo("ConditionalCheckFailed");
            });

    assertThat(orders()).isZero();
    assertThat(store.complete(next.toBuilder().status(Status.COMPLETED).build(), NOW))
        .isInstanceOf(Written.class);
  }

  @Test
  void neither_is_written_when_the_works_own_write_is_refused() {
    client.putItem(r -> r.tableName(orders).item(Map.of("id", AttributeValue.fromS("o-1"))));
    store.claim(claim, NOW);

    assertThatThrownBy(() -> commit("o-1")).isInstanceOf(TransactionCanceledException.class);

    assertThat(store.release(claim, NOW)).isInstanceOf(Written.class);
  }

  @Test
  void what_is_no_completion_is_refused() {
    assertThatThrownBy(() -> store.transactWriteItem(claim))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("IN_PROGRESS");
    assertThatThrownBy(() -> store.transactWriteItem(completion.toBuilder().owner(null).build()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
