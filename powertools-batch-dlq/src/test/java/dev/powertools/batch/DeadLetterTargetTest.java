// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.config.Config;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterTargetTest {

  private final Config config =
      Config.of(
          Map.of("DLQ", "https://sqs.eu-central-1.amazonaws.com/123456789012/dead", "N", "x$1"));

  @Test
  void replaces_variables() {
    assertThat(DeadLetterTarget.of("${DLQ}", config).text())
        .isEqualTo("https://sqs.eu-central-1.amazonaws.com/123456789012/dead");
    assertThat(DeadLetterTarget.of("http://localhost:9324/0/${N}-dead", config).text())
        .isEqualTo("http://localhost:9324/0/x$1-dead");
  }

  @Test
  void a_missing_variable_is_named() {
    assertThatThrownBy(() -> DeadLetterTarget.of("${ORDERS_DLQ_URL}", config))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ORDERS_DLQ_URL is not set");
  }

  @Test
  void what_is_no_queue_is_refused() {
    assertThatThrownBy(() -> DeadLetterTarget.of("orders-dlq", config))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("neither the URL nor the ARN");
  }

  @ParameterizedTest
  @CsvSource({
    "https://sqs.eu-central-1.amazonaws.com/123456789012/orders, true",
    "https://sqs.eu-central-1.amazonaws.com/123456789012/orders/, true",
    "http://localhost:9324/123456789012/orders//, true",
    "http://localhost:9324/123456789012/orders, true",
    "https://queue.amazonaws.com/123456789012/orders, true",
    "arn:aws:sqs:eu-central-1:123456789012:orders, true",
    "https://sqs.us-east-1.amazonaws.com/123456789012/orders, false",
    "https://sqs.eu-central-1.amazonaws.com/210987654321/orders, false",
    "https://sqs.eu-central-1.amazonaws.com/123456789012/orders-dlq, false",
    "https://sqs.eu-central-1.amazonaws.com/123456789012/old/orders, false",
    "arn:aws:sqs:eu-central-1:123456789012:orders-dlq, false"
  })
  void the_source_queue_itself_is_refused(String queue, boolean same) {
    DeadLetterTarget target = DeadLetterTarget.of(queue, config);

    if (same) {
      assertThatThrownBy(() -> target.requireOtherThan(Fixtures.STANDARD))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("is the source queue itself");
    } else {
      assertThatCode(() -> target.requireOtherThan(Fixtures.STANDARD)).doesNotThrowAnyException();
    }
  }

  @Test
  void a_source_without_a_name_is_no_queue() {
    assertThatCode(() -> DeadLetterTarget.of("${DLQ}", config).requireOtherThan(""))
        .doesNotThrowAnyException();
  }
}
