// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.Parallel;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.local.event.Events;
import dev.powertools.local.event.HttpEvent;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.limit.TenantBulkhead;
import dev.powertools.tenancy.limit.TenantRateLimit;
import dev.powertools.tenancy.limit.TenantTiers;
import dev.powertools.tenancy.source.FromEnvelope;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.SqsTestQueue;
import dev.powertools.testing.TestClock;
import dev.powertools.testing.TestFunction;
import dev.powertools.tests.TenantJobs.Job;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits for each tenant, whichever door the call comes through. */
@FunctionTest
class LimitDoorsTest {

  private final TenantJobs jobs = new TenantJobs();

  private static HttpEvent request(String tenant) {
    return Events.apiGatewayV2("GET", "/reports").claims(Map.of("tenant", tenant));
  }

  @ParameterizedTest
  @ValueSource(classes = {WovenReports.class, BaseClassReports.class, PlainCodeReports.class})
  void a_request_too_many_is_a_429_and_nobody_elses_matter(
      Class<?> door, Functions functions, TestClock clock) {
    TestFunction reports = functions.function(door);

    assertThat(reports.invoke(request("acme")).text()).contains("\"statusCode\":200");
    assertThat(reports.invoke(request("acme")).text()).contains("\"statusCode\":200");
    clock.advance(Duration.ofSeconds(15));
    String refused = reports.invoke(request("acme")).text();

    assertThat(refused).contains("\"statusCode\":429", "\"Retry-After\":\"45\"");
    assertThat(refused).doesNotContain("acme");
    assertThat(reports.invoke(request("globex")).text()).contains("\"statusCode\":200");

    clock.advance(Duration.ofSeconds(45));
    assertThat(reports.invoke(request("acme")).text()).contains("\"statusCode\":200");
  }

  @ParameterizedTest
  @ValueSource(classes = {WovenReports.class, BaseClassReports.class, PlainCodeReports.class})
  void a_tier_has_more(Class<?> door, Functions functions) {
    TenantTiers tiers = tenant -> Optional.of("gold");
    TestFunction reports = functions.with(TenantTiers.class, tiers).function(door);

    for (int i = 0; i < 10; i++) {
      assertThat(reports.invoke(request("acme")).text()).contains("\"statusCode\":200");
    }
  }

  /** Two jobs a minute for each tenant. */
  static final class TwoAMinute extends SqsBatchHandler<Job> {
    @Override
    @TenantIsolated
    @FromEnvelope
    @TenantRateLimit(permits = 2, per = "1m")
    protected Outcome onRecord(Job job, RecordContext message) {
      TenantJobs.current().work(job);
      return Outcome.done();
    }
  }

  @Test
  void records_too_many_come_again_in_the_next_period_and_none_is_lost(
      Functions functions, TestClock clock) {
    SqsTestQueue queue =
        functions
            .with(TenantJobs.class, jobs)
            .sqs("jobs", TwoAMinute.class, TwoAMinute::new)
            .maxReceives(10)
            .start();

    for (int i = 1; i <= 5; i++) {
      queue.sendAs("acme", new Job("a" + i));
    }
    queue.sendAs("globex", new Job("g"));
    queue.drain();

    assertThat(jobs.done()).hasSize(6).contains("globex g", "acme a1", "acme a5");
    assertThat(jobs.done().subList(0, 3)).contains("globex g");
    assertThat(queue.deadLetters()).isEmpty();
    assertThat(clock.nanoTime())
        .isBetween(Duration.ofMinutes(2).toNanos(), Duration.ofMinutes(3).toNanos());
    queue.assertNothingLost();
  }

  /** One job at once for each tenant, though many records run side by side. */
  @Parallel(max = 8)
  static final class OneAtOnce extends SqsBatchHandler<Job> {
    @Override
    @TenantIsolated
    @FromEnvelope
    @TenantBulkhead(max = 1, retryAfter = "5s")
    protected Outcome onRecord(Job job, RecordContext message) {
      TenantJobs.current().work(job);
      return Outcome.done();
    }
  }

  @Test
  void records_at_once_that_are_too_many_come_again(Functions functions) {
    SqsTestQueue queue =
        functions
            .with(TenantJobs.class, jobs)
            .sqs("jobs", OneAtOnce.class, OneAtOnce::new)
            .maxReceives(50)
            .start();

    for (int i = 0; i < 10; i++) {
      queue.sendAs(i % 2 == 0 ? "acme" : "globex", new Job("j" + i));
    }
    queue.drain();

    assertThat(jobs.done()).hasSize(10).doesNotHaveDuplicates();
    assertThat(queue.deadLetters()).isEmpty();
  }
}
