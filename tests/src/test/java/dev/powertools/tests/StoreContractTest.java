// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.idempotency.MemoryStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.testing.contract.IdempotencyStoreContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of stores holds for those that are sound, and tells what is wrong with others. */
class StoreContractTest {

  // region memory
  @Nested
  class The_memory_store extends IdempotencyStoreContract {
    @Override
    protected IdempotencyStore store() {
      return new MemoryStore();
    }
  }

  // endregion

  @ExtendWith(ContractRun.OnlyHere.class)
  abstract static class OnlyHere extends IdempotencyStoreContract {}

  static class OfSound extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore();
    }
  }

  static class OfClaimsWithoutCondition extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.ClaimsWithoutCondition();
    }
  }

  static class OfClaimsInTwoSteps extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.ClaimsInTwoSteps();
    }
  }

  static class OfIgnoresLeases extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.IgnoresLeases();
    }
  }

  static class OfEndsLeasesTooEarly extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.EndsLeasesTooEarly();
    }
  }

  static class OfExpiresTooEarly extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.ExpiresTooEarly();
    }
  }

  static class OfCompletesWithoutToken extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.CompletesWithoutToken();
    }
  }

  static class OfCompletesNothing extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.CompletesNothing();
    }
  }

  static class OfRefusesLateCompletions extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.RefusesLateCompletions();
    }
  }

  static class OfReleasesWithoutToken extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.ReleasesWithoutToken();
    }
  }

  static class OfReleasesResults extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.ReleasesResults();
    }
  }

  static class OfLosesTheValidation extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.LosesTheValidation();
    }
  }

  static class OfClaimsOnlyForWork extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.ClaimsOnlyForWork();
    }
  }

  static class OfKeepsTextOnly extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.KeepsTextOnly();
    }
  }

  static class OfShowsNothing extends OnlyHere {
    @Override
    protected IdempotencyStore store() {
      return new FlawedStore.ShowsNothing();
    }
  }

  @Test
  void a_sound_store_passes() {
    ContractRun run = ContractRun.of(OfSound.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).isEqualTo(32);
  }

  static List<Arguments> flaws() {
    return Stream.of(
            List.of(
                OfClaimsWithoutCondition.class,
                "is_refused_while_a_lease_runs_and_shows_the_whole_record",
                "The store wrote a claim while a lease runs. It must refuse and change nothing."),
            List.of(
                OfClaimsInTwoSteps.class,
                "exactly_one_claim_of_a_key_is_written",
                "must be one atomic step"),
            List.of(
                OfIgnoresLeases.class,
                "is_written_one_millisecond_after_the_lease_and_takes_its_place",
                "The store refused a claim one millisecond after the lease was over"),
            List.of(
                OfEndsLeasesTooEarly.class,
                "is_refused_in_the_last_millisecond_of_the_lease",
                "wrote a claim in the last millisecond of a lease"),
            List.of(
                OfExpiresTooEarly.class,
                "is_refused_by_a_result_until_its_expiry_second_is_over",
                "wrote a claim in the last millisecond of the expiry second"),
            List.of(
                OfCompletesWithoutToken.class,
                "is_refused_by_the_claim_of_another",
                "wrote a completion by a, whose claim b had taken over"),
            List.of(
                OfCompletesNothing.class,
                "is_refused_where_nothing_is",
                "wrote a completion of what nobody has claimed"),
            List.of(
                OfRefusesLateCompletions.class,
                "may_come_after_the_lease_while_nobody_else_has_claimed",
                "the work would be done again. It must write"),
            List.of(
                OfReleasesWithoutToken.class,
                "is_refused_by_the_claim_of_another",
                "wrote a release by a, whose claim b had taken over"),
            List.of(
                OfReleasesResults.class,
                "is_refused_by_its_own_result",
                "wrote a late release of what its owner had completed"),
            List.of(
                OfLosesTheValidation.class,
                "keeps_every_field_also_those_that_are_absent",
                "a record whose [validation] is not what was written"),
            List.of(
                OfClaimsOnlyForWork.class,
                "is_put_by_a_claim_where_nothing_is",
                "refused a claim with a result, where nothing is"),
            List.of(
                OfKeepsTextOnly.class,
                "keeps_whatever_content_it_has",
                "COMPRESSED_RESULT and showed a record whose [data] is not what was written"),
            List.of(
                OfShowsNothing.class,
                "is_refused_by_its_own_record_so_that_a_lost_response_can_be_recognised",
                "did not show the record that is there"))
        .map(flaw -> Arguments.of(flaw.toArray()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void a_flawed_store_fails_and_is_told_why(Class<?> contract, String test, String message) {
    assertThat(ContractRun.of(contract).failures())
        .hasEntrySatisfying(test, told -> assertThat(told).contains(message));
  }
}
