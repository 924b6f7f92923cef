// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JitterTest {

  private static final RetryOptions OPTIONS =
      RetryOptions.builder().base(Duration.ofMillis(100)).max(Duration.ofSeconds(2)).build();

  private static LongSummaryStatistics delays(Jitter jitter, long bound, long before) {
    Random random = new Random(1);
    return LongStream.range(0, 20_000)
        .map(i -> jitter.millis(bound, before, OPTIONS, random))
        .summaryStatistics();
  }

  @Test
  void none_is_the_delay_itself() {
    assertThat(delays(Jitter.NONE, 400, 200).getMin()).isEqualTo(400);
    assertThat(delays(Jitter.NONE, 400, 200).getMax()).isEqualTo(400);
  }

  @Test
  void full_is_anything_from_zero_to_the_delay() {
    assertThat(delays(Jitter.FULL, 400, 200).getMin()).isZero();
    assertThat(delays(Jitter.FULL, 400, 200).getMax()).isEqualTo(400);
  }

  @Test
  void equal_is_anything_in_the_second_half_of_the_delay() {
    assertThat(delays(Jitter.EQUAL, 400, 200).getMin()).isEqualTo(200);
    assertThat(delays(Jitter.EQUAL, 400, 200).getMax()).isEqualTo(400);
  }

  @Test
  void decorrelated_is_anything_from_the_base_to_three_times_the_delay_before() {
    assertThat(delays(Jitter.DECORRELATED, 400, 200).getMin()).isEqualTo(100);
    assertThat(delays(Jitter.DECORRELATED, 400, 200).getMax()).isEqualTo(600);
  }

  @Test
  void decorrelated_is_never_longer_than_the_longest() {
    assertThat(delays(Jitter.DECORRELATED, 400, Long.MAX_VALUE / 2).getMax()).isEqualTo(2000);
  }
}
