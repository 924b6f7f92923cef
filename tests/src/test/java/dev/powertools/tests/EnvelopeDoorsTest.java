// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.tenancy.envelope.EnvelopeRefusedException;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.SqsTestQueue;
import dev.powertools.tests.TenantJobs.Job;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed messages, whichever door they come through. */
@FunctionTest
class EnvelopeDoorsTest {

  private final TenantJobs jobs = new TenantJobs();

  @ParameterizedTest
  @ValueSource(
      classes = {BaseClassTenantJobs.class, WovenTenantJobs.class, PlainCodeTenantJobs.class})
  void each_record_runs_for_its_own_tenant_and_what_proves_none_fails_alone(
      Class<?> door, Functions functions, FunctionLogs logs) {
    SqsTestQueue queue = functions.with(TenantJobs.class, jobs).sqs("jobs", door).start();
    String forged = queue.envelope("acme", new Job("x")).replace("|acme|", "|victim|");

    queue.sendAs("acme", new Job("a"));
    queue.sendAs("globex", new Job("b"));
    queue.send(new Job("none"));
    queue.send(new Job("x"), message -> message.attribute("pt.tenant", forged));
    queue.drain();

    assertThat(jobs.done()).containsExactlyInAnyOrder("acme a", "globex b");
    assertThat(queue.source()).isEmpty();
    assertThat(queue.deadLetters())
        .hasSize(2)
        .allSatisfy(
            dead -> {
              assertThat(dead.failure().exception())
                  .isEqualTo(EnvelopeRefusedException.class.getName());
              assertThat(dead.failure().message()).doesNotContain("victim");
            })
        .extracting(dead -> dead.failure().message().replaceAll(".*refused, ([A-Z_]+):.*", "$1"))
        .containsExactlyInAnyOrder("MISSING", "FORGED");
    assertThat(logs.lines())
        .filteredOn(line -> line.message().startsWith("Did "))
        .extracting(line -> line.field("tenant_id").orElse("") + " " + line.message())
        .containsExactlyInAnyOrder("acme Did a", "globex Did b");
    assertThat(logs.lines()).noneMatch(line -> line.text().contains("victim"));
    queue.assertNothingLost();
  }
}
