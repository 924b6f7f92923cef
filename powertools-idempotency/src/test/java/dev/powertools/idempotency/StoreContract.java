// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Refused;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every store has to do. A subclass says which store. */
abstract class StoreContract {

  private static final Instant NOW = Instant.parse("2026-05-04T03:02:01.500Z");
  private static final Instant LEASE_END = NOW.plusSeconds(30);
  private static final Instant EXPIRY = Instant.parse("2026-05-04T04:02:02Z");

  private final IdempotencyStore store = store();
  private final String id = "contract#" + UUID.randomUUID();

  /** The store under test; it may hold other records. */
  abstract IdempotencyStore store();

  private StoredRecord claimOf(String owner) {
    return StoredRecord.builder(id, Status.IN_PROGRESS, EXPIRY)
        .owner(owner)
        .claimedAt(NOW)
        .leaseEnd(LEASE_END)
        .build();
  }

  private StoredRecord resultOf(String owner, String data) {
    return claimOf(owner).toBuilder().status(Status.COMPLETED).data(data.getBytes(UTF_8)).build();
  }

  private static StoredRecord existing(Reply reply) {
    assertThat(reply).isInstanceOf(Refused.class);
    return ((Refused) reply).existing().orElseThrow();
  }

  private static void assertWritten(Reply reply) {
    assertThat(reply).isInstanceOf(Written.class);
  }

  private static void assertSame(StoredRecord actual, StoredRecord expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }

  @Nested
  class A_claim {

    @Test
    void is_written_where_nothing_is() {
      assertThat(store.claim(claimOf("a"), NOW)).isEqualTo(new Written(Optional.empty()));
    }

    @Test
    void is_refused_by_a_running_lease_and_shows_the_whole_record() {
      store.claim(claimOf("a"), NOW);

      assertSame(existing(store.claim(claimOf("b"), NOW)), claimOf("a"));
    }

    @Test
    void is_refused_in_the_last_millisecond_of_the_lease() {
      store.claim(claimOf("a"), NOW);

      assertThat(store.claim(claimOf("b"), LEASE_END)).isInstanceOf(Refused.class);
    }

    @Test
    void is_written_when_the_lease_is_over_and_shows_whom_it_replaced() {
      store.claim(claimOf("a"), NOW);

      Reply reply = store.claim(claimOf("b"), LEASE_END.plusMillis(1));

      assertWritten(reply);
      ((Written) reply).before().ifPresent(before -> assertSame(before, claimOf("a")));
      assertSame(existing(store.claim(claimOf("c"), NOW)), claimOf("b"));
    }

    @Test
    void is_refused_by_its_own_record_so_that_a_lost_answer_can_be_recognised() {
      store.claim(claimOf("a"), NOW);

      assertThat(existing(store.claim(claimOf("a"), NOW)).isOwnedBy("a")).isTrue();
    }

    @Test
    void is_refused_by_a_result_until_its_expiry_second_is_over() {
      store.claim(claimOf("a"), NOW);
      store.complete(resultOf("a", "1"), NOW);

      assertSame(existing(store.claim(claimOf("b"), EXPIRY.plusMillis(999))), resultOf("a", "1"));
      assertWritten(store.claim(claimOf("b"), EXPIRY.plusSeconds(1)));
    }

    @Test
    void is_refused_by_a_result_whose_lease_is_over() {
      store.claim(claimOf("a"), NOW);
      store.complete(resultOf("a", "1"), NOW);

      assertThat(store.claim(claimOf("b"), LEASE_END.plusSeconds(60))).isInstanceOf(Refused.class);
    }

    @Test
    void of_one_key_says_nothing_about_another() {
      store.claim(claimOf("a"), NOW);
      StoredRecord other = StoredRecord.builder(id + "x", Status.IN_PROGRESS, EXPIRY).build();

      assertWritten(store.claim(other.toBuilder().owner("b").leaseEnd(LEASE_END).build(), NOW));
    }

    @Test
    void is_won_by_exactly_one_of_many_at_once() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(16);
      try {
        List<Future<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
          StoredRecord claim = claimOf("owner " + i);
          replies.add(pool.submit(() -> store.claim(claim, NOW)));
        }
        int won = 0;
        for (Future<Reply> reply : replies) {
          won += reply.get() instanceof Written ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @Nested
  class A_completion {

    @Test
    void is_written_by_the_owner() {
      store.claim(claimOf("a"), NOW);

      assertWritten(store.complete(resultOf("a", "\"done\""), NOW));
      assertSame(existing(store.claim(claimOf("b"), NOW)), resultOf("a", "\"done\""));
    }

    @Test
    void may_be_repeated() {
      store.claim(claimOf("a"), NOW);
      store.complete(resultOf("a", "1"), NOW);

      assertWritten(store.complete(resultOf("a", "1"), NOW));
    }

    @Test
    void may_come_after_the_lease_while_nobody_else_has_claimed() {
      store.claim(claimOf("a"), NOW);

      assertWritten(store.complete(resultOf("a", "1"), LEASE_END.plusSeconds(60)));
    }

    @Test
    void is_refused_by_the_claim_of_another() {
      store.claim(claimOf("a"), NOW);
      store.claim(claimOf("b"), LEASE_END.plusMillis(1));

      assertSame(existing(store.complete(resultOf("a", "1"), NOW)), claimOf("b"));
      assertSame(existing(store.claim(claimOf("c"), NOW)), claimOf("b"));
    }

    @Test
    void is_refused_by_the_result_of_another() {
      store.claim(claimOf("b"), NOW);
      store.complete(resultOf("b", "1"), NOW);

      assertSame(existing(store.complete(resultOf("a", "2"), NOW)), resultOf("b", "1"));
    }

    @Test
    void is_refused_where_nothing_is() {
      assertThat(store.complete(resultOf("a", "1"), NOW)).isEqualTo(new Refused(Optional.empty()));
      assertWritten(store.claim(claimOf("b"), NOW));
    }

    @Test
    void keeps_the_absence_of_data_and_the_note_that_there_was_more() {
      StoredRecord bare =
          claimOf("a").toBuilder()
              .status(Status.COMPLETED)
              .content(Content.NOT_KEPT)
              .validation("hash")
              .build();
      store.claim(claimOf("a"), NOW);
      store.complete(bare, NOW);

      assertSame(existing(store.claim(claimOf("b"), NOW)), bare);
    }
  }

  @Nested
  class A_release {

    @Test
    void by_the_owner_leaves_nothing() {
      store.claim(claimOf("a"), NOW);

      assertWritten(store.release(claimOf("a"), NOW));
      assertThat(store.claim(claimOf("b"), NOW)).isEqualTo(new Written(Optional.empty()));
    }

    @Test
    void is_refused_when_repeated_and_nothing_is_there() {
      store.claim(claimOf("a"), NOW);
      store.release(claimOf("a"), NOW);

      assertThat(store.release(claimOf("a"), NOW)).isEqualTo(new Refused(Optional.empty()));
    }

    @Test
    void is_refused_by_the_claim_of_another() {
      store.claim(claimOf("a"), NOW);
      store.claim(claimOf("b"), LEASE_END.plusMillis(1));

      assertSame(existing(store.release(claimOf("a"), NOW)), claimOf("b"));
      assertSame(existing(store.claim(claimOf("c"), NOW)), claimOf("b"));
    }

    @Test
    void is_refused_by_our_own_result() {
      store.claim(claimOf("a"), NOW);
      store.complete(resultOf("a", "1"), NOW);

      assertSame(existing(store.release(claimOf("a"), NOW)), resultOf("a", "1"));
      assertThat(store.claim(claimOf("b"), NOW)).isInstanceOf(Refused.class);
    }
  }
}
