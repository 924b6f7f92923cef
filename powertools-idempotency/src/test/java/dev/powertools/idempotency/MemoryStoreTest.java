// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What it does beside the contract of all stores, which the harness has and tests/ runs. */
class MemoryStoreTest {

  private static FunctionRuntime runtimeWith(Map<String, String> variables) {
    return FunctionRuntime.builder().config(Config.of(variables)).build();
  }

  @Nested
  class When_the_function_starts {

    private final FunctionRuntime lambda =
        runtimeWith(Map.of("AWS_LAMBDA_FUNCTION_NAME", "orders"));

    @Test
    void it_refuses_to_start_on_lambda_and_says_what_to_do() {
      assertThatThrownBy(() -> new MemoryStore().start(lambda))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("function orders")
          .hasMessageContaining("MemoryStore.singleEnvironment()")
          .hasMessageContaining("POWERTOOLS_LOCAL=true");
    }

    @Test
    void it_starts_on_lambda_when_there_is_only_one_environment() {
      assertThatCode(() -> MemoryStore.singleEnvironment().start(lambda))
          .doesNotThrowAnyException();
    }

    @Test
    void it_starts_where_a_local_runner_stands_in_for_lambda() {
      FunctionRuntime local =
          runtimeWith(Map.of("AWS_LAMBDA_FUNCTION_NAME", "orders", "POWERTOOLS_LOCAL", "true"));

      assertThatCode(() -> new MemoryStore().start(local)).doesNotThrowAnyException();
    }

    @Test
    void it_starts_where_there_is_no_lambda() {
      assertThatCode(() -> new MemoryStore().start(runtimeWith(Map.of())))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void forgets_expired_records_as_others_are_claimed() {
    MemoryStore store = new MemoryStore();
    Instant now = Instant.parse("2026-05-04T03:02:01Z");
    for (int i = 0; i < 100_000; i++) {
      Instant then = now.plusSeconds(i);
      store.claim(
          StoredRecord.builder("id " + i, Status.IN_PROGRESS, then.plusSeconds(60))
              .owner("a")
              .leaseEnd(then.plusSeconds(30))
              .build(),
          then);
    }

    assertThat(store.toString()).matches("MemoryStore of \\d{1,4} records");
    assertThat(store.records()).hasSizeLessThan(10_000);
  }
}
