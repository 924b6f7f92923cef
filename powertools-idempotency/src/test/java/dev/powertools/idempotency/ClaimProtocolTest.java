// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.idempotency.ClaimProtocol.Fresh;
import dev.powertools.idempotency.ClaimProtocol.Gone;
import dev.powertools.idempotency.ClaimProtocol.InProgress;
import dev.powertools.idempotency.ClaimProtocol.Lost;
import dev.powertools.idempotency.ClaimProtocol.Replayed;
import dev.powertools.idempotency.ClaimProtocol.Settled;
import dev.powertools.idempotency.ClaimProtocol.Terms;
import dev.powertools.idempotency.ClaimProtocol.Vanished;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Refused;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClaimProtocolTest {

  private static final Instant NOW = Instant.parse("2026-05-04T03:02:01.500Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Terms TERMS = Terms.until(Duration.ofSeconds(30), HOUR);

  private static StoredRecord claim(String owner) {
    return ClaimProtocol.claim("id", owner, TERMS, null, NOW);
  }

  private static StoredRecord completed(String owner) {
    return ClaimProtocol.completion(claim(owner), HOUR, NOW).build();
  }

  private static Reply refusedBy(StoredRecord existing) {
    return new Refused(Optional.of(existing));
  }

  @Nested
  class The_record_to_claim_with {

    @Test
    void has_a_lease_until_the_deadline_plus_the_margin() {
      assertThat(claim("me").leaseEnd()).contains(NOW.plusSeconds(32));
    }

    @Test
    void expires_at_a_whole_second_that_is_rounded_up() {
      assertThat(claim("me").expiry()).isEqualTo(Instant.parse("2026-05-04T04:02:02Z"));
    }

    @Test
    void never_expires_before_its_lease() {
      StoredRecord claim =
          ClaimProtocol.claim(
              "id", "me", Terms.until(Duration.ofMinutes(15), Duration.ofSeconds(1)), null, NOW);

      assertThat(claim.expiry()).isAfter(claim.leaseEnd().orElseThrow());
      assertThat(claim.isFreeAt(claim.leaseEnd().orElseThrow())).isFalse();
    }

    @Test
    void is_free_only_when_the_last_millisecond_of_the_lease_is_over() {
      Instant end = claim("me").leaseEnd().orElseThrow();

      assertThat(claim("me").isFreeAt(end)).isFalse();
      assertThat(claim("me").isFreeAt(end.plusMillis(1))).isTrue();
    }

    @Test
    void is_free_only_when_the_expiry_second_is_over_once_it_is_completed() {
      Instant expiry = completed("me").expiry();

      assertThat(completed("me").isFreeAt(expiry.plusMillis(999))).isFalse();
      assertThat(completed("me").isFreeAt(expiry.plusSeconds(1))).isTrue();
    }
  }

  @Nested
  class The_record_to_forget_with {

    @Test
    void has_expired_on_every_clock_and_holds_nothing_more() {
      StoredRecord failed =
          completed("me").toBuilder().data(new byte[] {1}).validation("hash").build();

      StoredRecord forgotten = ClaimProtocol.forgetting(failed, NOW);

      assertThat(forgotten.isFreeAt(NOW.minus(ClaimProtocol.MARGIN))).isTrue();
      assertThat(forgotten.data()).isEmpty();
      assertThat(forgotten.owner()).contains("me");
    }
  }

  @Nested
  class The_answer_to_a_claim {

    @Test
    void written_means_run() {
      assertThat(ClaimProtocol.afterClaim(claim("me"), new Written(Optional.empty())))
          .isInstanceOfSatisfying(Fresh.class, fresh -> assertThat(fresh.tookOver()).isEmpty());
    }

    @Test
    void written_over_a_record_in_progress_is_a_take_over() {
      StoredRecord dead = claim("dead");

      assertThat(ClaimProtocol.afterClaim(claim("me"), new Written(Optional.of(dead))))
          .isInstanceOfSatisfying(
              Fresh.class, fresh -> assertThat(fresh.tookOver()).containsSame(dead));
    }

    @Test
    void written_over_an_expired_result_is_no_take_over() {
      assertThat(
              ClaimProtocol.afterClaim(claim("me"), new Written(Optional.of(completed("other")))))
          .isInstanceOfSatisfying(Fresh.class, fresh -> assertThat(fresh.tookOver()).isEmpty());
    }

    @Test
    void refused_by_our_own_token_is_our_claim_whose_answer_was_lost() {
      assertThat(ClaimProtocol.afterClaim(claim("me"), refusedBy(claim("me"))))
          .isInstanceOf(Fresh.class);
    }

    @Test
    void refused_by_another_in_progress_means_that_it_works() {
      assertThat(ClaimProtocol.afterClaim(claim("me"), refusedBy(claim("other"))))
          .isInstanceOf(InProgress.class);
    }

    @Test
    void refused_by_a_record_without_a_token_means_that_another_library_works() {
      StoredRecord peers = claim("me").toBuilder().owner(null).build();

      assertThat(ClaimProtocol.afterClaim(claim("me"), refusedBy(peers)))
          .isInstanceOf(InProgress.class);
    }

    @Test
    void refused_by_a_result_is_replayed_whatever_our_clock_says_of_its_expiry() {
      assertThat(ClaimProtocol.afterClaim(claim("me"), refusedBy(completed("other"))))
          .isInstanceOf(Replayed.class);
    }

    @Test
    void refused_by_nothing_means_claim_again() {
      assertThat(ClaimProtocol.afterClaim(claim("me"), new Refused(Optional.empty())))
          .isInstanceOf(Vanished.class);
    }
  }

  @Nested
  class The_answer_to_a_completion_or_release {

    @Test
    void written_is_settled() {
      assertThat(ClaimProtocol.afterEnd(claim("me"), new Written(Optional.empty())))
          .isInstanceOf(Settled.class);
    }

    @Test
    void refused_by_our_own_token_is_settled() {
      assertThat(ClaimProtocol.afterEnd(claim("me"), refusedBy(completed("me"))))
          .isInstanceOf(Settled.class);
    }

    @Test
    void refused_by_another_is_lost() {
      assertThat(ClaimProtocol.afterEnd(claim("me"), refusedBy(claim("other"))))
          .isInstanceOf(Lost.class);
    }

    @Test
    void refused_by_nothing_is_gone() {
      assertThat(ClaimProtocol.afterEnd(claim("me"), new Refused(Optional.empty())))
          .isInstanceOf(Gone.class);
    }
  }

  /** Seeds are fixed; a violation names the one to run again. */
  @Nested
  class Under_random_crashes_delays_losses_repetitions_and_clock_skew {

    private static final int RUNS = Integer.getInteger("model.rounds", 3_000);

    @Test
    void nothing_runs_twice_inside_a_lease_and_no_record_of_another_is_touched() {
      ModelCounts all = new ModelCounts();
      for (long seed = 0; seed < RUNS; seed++) {
        ProtocolModel model =
            new ProtocolModel(seed, MemoryStore::new, ModelClient.correct()).run();
        assertThat(model.violations()).as("seed %d", seed).isEmpty();
        all.add(model.counts());
      }
      assertThat(all.bodies).as("bodies").isGreaterThan(RUNS);
      assertThat(all.replays).as("replays").isGreaterThan(RUNS);
      assertThat(all.yields).as("yields").isGreaterThan(RUNS);
      assertThat(all.takeOvers).as("take-overs").isGreaterThan(RUNS / 10);
      assertThat(all.recognised).as("recognised").isGreaterThan(RUNS / 10);
      assertThat(all.lost).as("lost").isGreaterThan(RUNS / 100);
      assertThat(all.renewed).as("renewed").isGreaterThan(RUNS / 10);
      assertThat(all.waited).as("waited").isGreaterThan(RUNS / 10);
      assertThat(all.finishedAnew).as("finished anew").isGreaterThan(RUNS / 200);
      assertThat(all.keptFailures).as("kept failures").isGreaterThan(RUNS / 10);
      assertThat(all.forgotten).as("forgotten").isGreaterThan(RUNS / 100);
    }

    @Test
    void a_store_that_completes_unconditionally_is_found_out() {
      assertFoundOut(() -> new Broken(Fault.COMPLETES_ALWAYS), "overwrites what is not its own");
    }

    @Test
    void a_store_that_releases_unconditionally_is_found_out() {
      assertFoundOut(() -> new Broken(Fault.RELEASES_ALWAYS), "deletes what is not its own");
    }

    @Test
    void a_store_that_ignores_leases_is_found_out() {
      assertFoundOut(() -> new Broken(Fault.IGNORES_LEASES), "whose lease is not over");
    }

    @Test
    void a_store_that_forgets_results_is_found_out() {
      assertFoundOut(() -> new Broken(Fault.IGNORES_EXPIRY), "whose result still counts");
    }

    @Test
    void a_client_whose_lease_has_no_margin_for_skew_is_found_out() {
      assertThat(firstViolation(MemoryStore::new, ModelClient.withoutMargin()))
          .contains("whose lease is not over");
    }

    @Test
    void a_client_that_never_yields_is_found_out() {
      assertThat(firstViolation(MemoryStore::new, ModelClient.thatNeverYields()))
          .contains("runs the body inside the lease");
    }

    @Test
    void a_client_that_takes_a_claim_that_is_gone_for_good_is_found_out() {
      assertThat(firstViolation(MemoryStore::new, ModelClient.thatTakesGoneForGood()))
          .contains("does again what")
          .contains("has finished");
    }

    @Test
    void a_client_that_forgets_by_its_own_clock_is_found_out() {
      assertThat(firstViolation(MemoryStore::new, ModelClient.thatForgetsByItsOwnClock()))
          .contains("replays \"what is forgotten\"");
    }

    private void assertFoundOut(Supplier<IdempotencyStore> store, String violation) {
      assertThat(firstViolation(store, ModelClient.correct())).contains(violation);
    }

    private String firstViolation(Supplier<IdempotencyStore> store, ModelClient client) {
      for (long seed = 0; seed < RUNS; seed++) {
        ProtocolModel model = new ProtocolModel(seed, store, client).run();
        if (!model.violations().isEmpty()) {
          return model.violations().get(0);
        }
      }
      return "nothing";
    }
  }

  private enum Fault {
    COMPLETES_ALWAYS,
    RELEASES_ALWAYS,
    IGNORES_LEASES,
    IGNORES_EXPIRY
  }

  /** A store that lacks one condition. */
  private static final class Broken implements IdempotencyStore {

    private final Fault fault;
    private final Map<String, StoredRecord> records = new HashMap<>();

    Broken(Fault fault) {
      this.fault = fault;
    }

    @Override
    public Reply claim(StoredRecord claim, Instant now) {
      StoredRecord there = records.get(claim.id());
      return write(there == null || there.isFreeAt(now) || isIgnored(there), claim.id(), claim);
    }

    private boolean isIgnored(StoredRecord there) {
      return fault
          == (there.status() == Status.COMPLETED ? Fault.IGNORES_EXPIRY : Fault.IGNORES_LEASES);
    }

    @Override
    public Reply complete(StoredRecord completed, Instant now) {
      boolean mine = isMine(completed);
      return write(mine || fault == Fault.COMPLETES_ALWAYS, completed.id(), completed);
    }

    @Override
    public Reply release(StoredRecord claim, Instant now) {
      StoredRecord there = records.get(claim.id());
      boolean open = there != null && there.status() == Status.IN_PROGRESS && isMine(claim);
      return write(open || fault == Fault.RELEASES_ALWAYS, claim.id(), null);
    }

    private boolean isMine(StoredRecord mine) {
      StoredRecord there = records.get(mine.id());
      return there != null && there.isOwnedBy(mine.owner().orElseThrow());
    }

    private Reply write(boolean condition, String id, @Nullable StoredRecord record) {
      Optional<StoredRecord> there = Optional.ofNullable(records.get(id));
      if (!condition) {
        return new Refused(there);
      }
      if (record == null) {
        records.remove(id);
      } else {
        records.put(id, record);
      }
      return new Written(there);
    }
  }
}
