// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import org.junit.jupiter.api.Test;

/** What a function logs, by its structure and as a whole. */
@FunctionTest
class GoldenLogsTest {

  private static final String EVENT =
      "{\"pathParameters\":{\"id\":\"o-7\"},\"requestContext\":{\"requestId\":\"c-9\"}}";

  // region logs
  @Test
  void each_line_tells_which_order_it_is_about(Functions functions, FunctionLogs logs) {
    var response = functions.function(LoggedOrders.class).invokeJson(EVENT);

    logs.of(response)
        .everyLineHas("correlation_id", "c-9")
        .hasLine(line -> line.message("charged ada").field("cents", 1250))
        .hasNoLine(line -> line.level("ERROR"));
  }

  @Test
  void the_lines_are_those_of_the_golden_file(Functions functions, FunctionLogs logs) {
    functions.function(LoggedOrders.class).invokeJson(EVENT);

    logs.matchGolden("orders.jsonl");
  }
  // endregion
}
