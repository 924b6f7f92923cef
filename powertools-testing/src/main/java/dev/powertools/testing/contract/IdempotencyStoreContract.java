// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import static dev.powertools.testing.contract.StoreExpectations.refused;
import static dev.powertools.testing.contract.StoreExpectations.refusedBy;
import static dev.powertools.testing.contract.StoreExpectations.refusedByNothing;
import static dev.powertools.testing.contract.StoreExpectations.replaced;
import static dev.powertools.testing.contract.StoreExpectations.written;

import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/**
 * What every {@link IdempotencyStore} has to do, ours and yours. Extend it, and say which store:
 *
 * <pre>{@code
 * class RedisStoreTest extends IdempotencyStoreContract {
 *   @Override
 *   protected IdempotencyStore store() {
 *     return new RedisStore(client, "test");
 *   }
 * }
 * }</pre>
 *
 * <p>The store may be shared with other tests and hold other records: each test works on a key of
 * its own. Needs JUnit 5.11 or later, and nothing else.
 */
public abstract class IdempotencyStoreContract extends StoreRaces {

  private static final int LARGEST_TRIED = 1_000_000;

  /** The store under test, ready to be used; asked for once for each test. */
  @Override
  protected abstract IdempotencyStore store();

  @Nested
  class A_claim {

    @Test
    void is_written_where_nothing_is() {
      Written written = written(store.claim(claimOf("a"), now), "the first claim of a key");

      if (written.before().isPresent()) {
        throw new AssertionFailedError(
            "The store showed a record that the first claim replaced, and there was none: "
                + written.before().get());
      }
    }

    @Test
    void is_refused_while_a_lease_runs_and_shows_the_whole_record() {
      claimed("a");

      refusedBy(claimOf("a"), store.claim(claimOf("b"), now), "a claim while a lease runs");
    }

    @Test
    void is_refused_in_the_last_millisecond_of_the_lease() {
      claimed("a");

      refused(store.claim(claimOf("b"), leaseEnd), "a claim in the last millisecond of a lease");
    }

    @Test
    void is_written_one_millisecond_after_the_lease_and_takes_its_place() {
      claimed("a");

      String situation = "a claim one millisecond after the lease was over";
      Written written = written(store.claim(claimOf("b"), leaseEnd.plusMillis(1)), situation);

      replaced(claimOf("a"), written, situation);
      holds(claimOf("b"), "after b took over from a");
    }

    @Test
    void is_refused_by_its_own_record_so_that_a_lost_response_can_be_recognised() {
      claimed("a");

      refusedBy(claimOf("a"), store.claim(claimOf("a"), now), "a claim that was sent twice");
    }

    @Test
    void is_refused_by_a_result_until_its_expiry_second_is_over() {
      completed("a", "1");

      String inTime = "a claim in the last millisecond of the expiry second of a result";
      refusedBy(resultOf("a", "1"), store.claim(claimOf("b"), expiry.plusMillis(999)), inTime);
      written(
          store.claim(claimOf("b"), expiry.plusSeconds(1)),
          "a claim in the second after the expiry of a result");
    }

    @Test
    void is_refused_by_a_result_although_its_lease_is_over() {
      completed("a", "1");

      refused(
          store.claim(claimOf("b"), leaseEnd.plusSeconds(60)),
          "a claim of what is completed, because the lease of the claim was over");
    }

    @Test
    void is_refused_by_a_claim_without_a_lease_until_that_expires() {
      StoredRecord foreign =
          StoredRecord.builder(id, Status.IN_PROGRESS, expiry).owner("a").build();
      written(store.claim(foreign, now), "a claim without a lease");

      refused(
          store.claim(claimOf("b"), expiry.plusMillis(999)),
          "a claim of what is in progress without a lease, before its expiry");
      written(
          store.claim(claimOf("b"), expiry.plusSeconds(1)),
          "a claim of what was in progress without a lease, after its expiry");
    }

    @Test
    void of_one_key_says_nothing_about_a_similar_one() {
      claimed("a");

      for (String other : List.of(id + "x", id.toUpperCase(java.util.Locale.ROOT), id + " ")) {
        written(
            store.claim(claimOf(other, "b"), now),
            "the first claim of \"" + other + "\" because \"" + id + "\" is claimed");
      }
    }
  }

  @Nested
  class A_completion {

    @Test
    void is_written_by_the_owner_of_the_claim() {
      completed("a", "\"done\"");

      holds(resultOf("a", "\"done\""), "after the owner completed");
    }

    @Test
    void may_be_repeated() {
      completed("a", "1");

      written(
          store.complete(resultOf("a", "1"), now),
          "the same completion again, which is sent when a response is lost");
    }

    @Test
    void may_come_after_the_lease_while_nobody_else_has_claimed() {
      claimed("a");

      written(
          store.complete(resultOf("a", "1"), leaseEnd.plusSeconds(60)),
          "a late completion although the claim is still its own: the work would be done again");
    }

    @Test
    void is_refused_by_the_claim_of_another() {
      claimed("a");
      takenOverBy("b");

      refusedBy(
          claimOf("b"),
          store.complete(resultOf("a", "1"), now),
          "a completion by a, whose claim b had taken over");
      holds(claimOf("b"), "after a's completion was refused");
    }

    @Test
    void is_refused_by_the_result_of_another() {
      completed("b", "1");

      refusedBy(
          resultOf("b", "1"),
          store.complete(resultOf("a", "2"), now),
          "a completion by a over the result of b");
      holds(resultOf("b", "1"), "after a's completion was refused");
    }

    @Test
    void is_refused_where_nothing_is() {
      refusedByNothing(
          store.complete(resultOf("a", "1"), now), "a completion of what nobody has claimed");
      written(store.claim(claimOf("b"), now), "a claim after a completion of nothing was refused");
    }

    @Test
    void keeps_every_field_also_those_that_are_absent() {
      StoredRecord bare =
          claimOf("a").toBuilder()
              .status(Status.COMPLETED)
              .content(Content.NOT_KEPT)
              .validation("hash")
              .build();
      claimed("a");
      written(store.complete(bare, now), "a completion without data");

      holds(bare, "after a completion without data");
    }

    @Test
    void keeps_whatever_content_it_has() {
      byte[] all = new byte[256];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) i;
      }
      keeps(Content.RESULT, "{\"a\":[1,null]}".getBytes(StandardCharsets.UTF_8));
      keeps(Content.RESULT, null);
      keeps(Content.COMPRESSED_RESULT, all);
      keeps(Content.SPILLED_RESULT, "s3://bucket/key \u00e4".getBytes(StandardCharsets.UTF_8));
      keeps(Content.FAILURE, "{\"type\":\"NoMoney\"}".getBytes(StandardCharsets.UTF_8));
      keeps(Content.NOT_KEPT, null);
    }

    private void keeps(Content content, byte @Nullable [] data) {
      StoredRecord claim = claimOf(id + content + (data == null), "a");
      StoredRecord completed =
          claim.toBuilder().status(Status.COMPLETED).content(content).data(data).build();
      written(store.claim(claim, now), "the first claim of a key");
      written(store.complete(completed, now), "a completion with the content " + content);

      Reply shown = store.claim(claimOf(claim.id(), "who looks"), now);
      refusedBy(completed, shown, "a claim after a completion with the content " + content);
    }

    @Test
    void keeps_every_byte_of_a_result() {
      completed("a", "\"a \\u0000 \\\" \u00e4 \u20ac \ud83d\ude00\"");

      holds(
          resultOf("a", "\"a \\u0000 \\\" \u00e4 \u20ac \ud83d\ude00\""),
          "after a completion with all kinds of characters");
    }

    @Test
    void keeps_a_result_as_large_as_the_store_says() {
      String large = "\"" + "x".repeat(Math.min(LARGEST_TRIED, store.maxDataBytes()) - 2) + "\"";
      completed("a", large);

      holds(resultOf("a", large), "after a large completion");
    }
  }

  @Nested
  class A_release {

    @Test
    void by_the_owner_of_the_claim_leaves_nothing() {
      claimed("a");

      written(store.release(claimOf("a"), now), "a release by the owner of the claim");
      Written anew = written(store.claim(claimOf("b"), now), "a claim after a release");
      if (anew.before().isPresent()) {
        throw new AssertionFailedError("After a release there was still " + anew.before().get());
      }
    }

    @Test
    void may_come_after_the_lease_while_nobody_else_has_claimed() {
      claimed("a");

      written(
          store.release(claimOf("a"), leaseEnd.plusSeconds(60)),
          "a late release although the claim is still its own");
    }

    @Test
    void is_refused_when_it_is_repeated_and_nothing_is_there() {
      claimed("a");
      store.release(claimOf("a"), now);

      refusedByNothing(store.release(claimOf("a"), now), "the same release again");
    }

    @Test
    void is_refused_by_the_claim_of_another() {
      claimed("a");
      takenOverBy("b");

      refusedBy(
          claimOf("b"),
          store.release(claimOf("a"), now),
          "a release by a, whose claim b had taken over");
      holds(claimOf("b"), "after a's release was refused");
    }

    @Test
    void is_refused_by_its_own_result() {
      completed("a", "1");

      refusedBy(
          resultOf("a", "1"),
          store.release(claimOf("a"), now),
          "a late release of what its owner had completed");
      holds(resultOf("a", "1"), "after a late release was refused");
    }
  }

  @Nested
  class A_result_that_comes_after_its_claim_was_removed {

    @Test
    void is_put_by_a_claim_where_nothing_is() {
      written(store.claim(resultOf("a", "1"), now), "a claim with a result, where nothing is");

      holds(resultOf("a", "1"), "after a claim with a result");
    }

    @Test
    void is_put_by_a_claim_where_a_lease_is_over() {
      claimed("b");

      written(
          store.claim(resultOf("a", "1"), leaseEnd.plusMillis(1)),
          "a claim with a result, after the lease of another was over");
      holds(resultOf("a", "1"), "after a claim with a result");
    }

    @Test
    void is_refused_while_another_works() {
      claimed("b");

      refusedBy(
          claimOf("b"), store.claim(resultOf("a", "1"), now), "a claim with a result by another");
      holds(claimOf("b"), "after a claim with a result was refused");
    }

    @Test
    void is_recognised_when_it_is_put_twice() {
      store.claim(resultOf("a", "1"), now);

      refusedBy(resultOf("a", "1"), store.claim(resultOf("a", "1"), now), "the same claim again");
    }
  }

  @Nested
  class A_completion_that_has_expired {

    @Test
    void leaves_the_key_to_the_next_claim() {
      completed("a", "1");
      StoredRecord forgotten = resultOf("a", "1").toBuilder().expiry(now.minusSeconds(60)).build();
      written(store.complete(forgotten, now), "a completion with an expiry that is over");

      written(store.claim(claimOf("b"), now), "a claim after what was there was let expire");
      holds(claimOf("b"), "after it took the place of what was let expire");
    }
  }
}
