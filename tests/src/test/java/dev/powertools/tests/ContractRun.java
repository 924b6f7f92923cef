// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs a contract on something of which it is known whether it keeps it. */
record ContractRun(TestExecutionSummary summary) {

  private static final String ASKED = "dev.powertools.tests.contractRun";

  /** Keeps classes that must fail from running with the others. */
  static final class OnlyHere implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getConfigurationParameter(ASKED).isPresent()
          ? ConditionEvaluationResult.enabled("asked for")
          : ConditionEvaluationResult.disabled("fails, as it must: run by a test of the contract");
    }
  }

  static ContractRun of(Class<?> contract) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .configurationParameter(ASKED, "true")
                .build(),
            listener);
    return new ContractRun(listener.getSummary());
  }

  long passed() {
    return summary.getTestsSucceededCount();
  }

  /** The messages of failures by the names of the tests. */
  Map<String, String> failures() {
    return summary.getFailures().stream()
        .collect(
            Collectors.toMap(
                failure -> failure.getTestIdentifier().getDisplayName().replaceAll("\\(.*", ""),
                failure -> String.valueOf(failure.getException().getMessage()),
                (one, other) -> one + "; " + other));
  }
}
