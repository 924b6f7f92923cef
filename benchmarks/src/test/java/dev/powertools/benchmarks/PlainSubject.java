// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A plain test of a handler's method; not run by the build. */
class PlainSubject {

  @Test
  void counts_words() {
    assertThat(new WordCount().handleRequest("to be or not", null)).isEqualTo(4);
  }
}
