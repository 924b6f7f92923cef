// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.idempotency.spi.IdempotencyStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class DynamoDbOptionsTest {

  @Test
  void have_the_names_of_aws_powertools() {
    DynamoDbOptions options = DynamoDbOptions.of("claims");

    assertThat(
            List.of(
                options.keyAttribute(),
                options.expiryAttribute(),
                options.leaseAttribute(),
                options.statusAttribute(),
                options.dataAttribute(),
                options.validationAttribute()))
        .containsExactly(
            "id", "expiration", "in_progress_expiration", "status", "data", "validation");
    assertThat(options.sortKeyAttribute()).isEmpty();
    assertThat(options.isVerified()).isFalse();
  }

  @Test
  void make_a_store_that_is_a_part_of_the_runtime() {
    // region options
    DynamoDbOptions options =
        DynamoDbOptions.builder("claims").sortKeyAttribute("sort").verifyTable().build();
    FunctionRuntime runtime =
        FunctionRuntime.builder()
            .lazyPart(IdempotencyStore.class, () -> DynamoDbStore.of(options))
            .build();
    // endregion

    assertThat(runtime.part(IdempotencyStore.class)).get().isInstanceOf(DynamoDbStore.class);
    assertThat(options.sortKeyAttribute()).contains("sort");
    assertThat(options.isVerified()).isTrue();
  }

  @Test
  void refuse_a_table_without_a_name() {
    assertThatThrownBy(() -> DynamoDbOptions.of(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a name");
  }

  @Test
  void refuse_a_name_that_is_used_twice_or_is_ours() {
    for (String taken : List.of("status", "owner", "claimed_at", "content", "format", "id", "")) {
      assertThatThrownBy(() -> DynamoDbOptions.builder("claims").dataAttribute(taken).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"" + taken + "\"");
    }
  }

  @Test
  void refuse_a_partition_value_without_a_sort_key() {
    assertThatThrownBy(() -> DynamoDbOptions.builder("claims").partitionValue("mine").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set sortKeyAttribute");
  }
}
