// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import org.junit.jupiter.api.Test;

/** The same through the harness and the production runtime client; not run by the build. */
@FunctionTest
class HarnessSubject {

  @Test
  void counts_words(Functions functions) {
    assertThat(functions.function(WordCount.class).invoke("to be or not").text()).isEqualTo("4");
  }
}
