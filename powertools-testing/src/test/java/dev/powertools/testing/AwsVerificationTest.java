// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.powertools.local.aws.Aws;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class AwsVerificationTest {

  @FunctionTest
  static class Forgotten {
    @Test
    void scripts_what_never_happens(Aws aws) {
      aws.on("dynamodb", "PutItem").throttle(2);
    }
  }

  @Test
  void a_script_that_never_happened_fails_its_test() {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();

    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Forgotten.class))
                .build(),
            summary);

    assertThat(summary.getSummary().getFailures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getException())
                    .hasMessageContaining("aws.on(\"dynamodb\", \"PutItem\"): throttle")
                    .hasMessageContaining("no request at all"));
  }
}
