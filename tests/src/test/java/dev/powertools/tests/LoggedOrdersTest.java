// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.LogLine;
import dev.powertools.testing.TestResponse;
import org.junit.jupiter.api.Test;

@FunctionTest
class LoggedOrdersTest {

  @Test
  void the_lines_are_what_the_page_says(Functions functions, FunctionLogs logs) {
    TestResponse response =
        functions
            .function(LoggedOrders.class)
            .invokeJson(
                "{\"pathParameters\":{\"id\":\"o-7\"},\"requestContext\":{\"requestId\":\"c-9\"}}");

    assertThat(response.text()).contains("\"statusCode\":201");
    LogLine charged = logs.of(response).get(0);
    LogLine done = logs.of(response).get(1);
    assertThat(charged.message()).isEqualTo("charged ada");
    assertThat(charged.fields())
        .containsEntry("order_id", "o-7")
        .containsEntry("step", "charge")
        .containsEntry("cents", 1250)
        .containsEntry("correlation_id", "c-9");
    assertThat(done.fields()).containsEntry("order_id", "o-7").doesNotContainKey("step");
  }
}
