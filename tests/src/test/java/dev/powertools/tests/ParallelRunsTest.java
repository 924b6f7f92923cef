// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * The harness under parallel tests: everything of this package but what is heavy, all at once on
 * eight threads, twice in another order each; {@code -Dparallel.runs=20} is a long run, {@code
 * -Dseed} runs an order again.
 */
@Tag("launcher")
class ParallelRunsTest {

  private static final int RUNS = Integer.getInteger("parallel.runs", 2);
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  @Test
  void tests_do_not_see_each_other_in_whatever_order_they_run() {
    for (int run = 0; run < RUNS; run++) {
      SummaryGeneratingListener summary = run(SEED + run);
      assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThan(20);
      assertThat(summary.getSummary().getTotalFailureCount())
          .as("-Dseed=%d%n%s", SEED + run, text(summary))
          .isZero();
    }
  }

  private static SummaryGeneratingListener run(long seed) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request(seed), summary);
    return summary;
  }

  private static LauncherDiscoveryRequest request(long seed) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectPackage(ParallelRunsTest.class.getPackageName()))
        .filters(
            ClassNameFilter.includeClassNamePatterns(".*Test"),
            TagFilter.excludeTags("launcher", "heavy"))
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
        .configurationParameter(
            "junit.jupiter.testmethod.order.default", "org.junit.jupiter.api.MethodOrderer$Random")
        .configurationParameter(
            "junit.jupiter.testclass.order.default", "org.junit.jupiter.api.ClassOrderer$Random")
        .configurationParameter("junit.jupiter.execution.order.random.seed", Long.toString(seed))
        .build();
  }

  private static String text(SummaryGeneratingListener summary) {
    StringWriter text = new StringWriter();
    summary.getSummary().printFailuresTo(new PrintWriter(text), 30);
    return text.toString();
  }
}
