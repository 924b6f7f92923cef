// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadLetterPathsTest {

  private final TestTiming clock = new TestTiming();
  private final DeadLetterPaths paths =
      DeadLetterPaths.of(Fixtures.runtime(FakeDeadLetters.none()).timing(clock).build());

  @Test
  void after_the_pause_one_tries_and_the_others_wait_for_what_comes_of_it() {
    paths.close("queue");
    assertThat(paths.mayTry("queue")).isFalse();

    clock.pass(DeadLetterPaths.PAUSE);

    assertThat(paths.mayTry("queue")).isTrue();
    assertThat(paths.mayTry("queue")).as("while the first tries").isFalse();
    paths.open("queue");
    assertThat(paths.mayTry("queue")).isTrue();
    assertThat(paths.mayTry("queue")).isTrue();
  }
}
