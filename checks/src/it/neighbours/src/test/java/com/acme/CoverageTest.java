// SPDX-License-Identifier: Apache-2.0
package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import org.junit.jupiter.api.Test;

@FunctionTest
class CoverageTest {

  /** One branch of the two is never taken, in either class. */
  @Test
  void both_twins_do_the_same(Functions functions) {
    String order = "{\"orderId\":\"o-1\"}";
    assertEquals("\"o-1 costs 100\"", functions.function(Orders.class).invokeJson(order).text());
    assertEquals("\"o-1 costs 100\"", functions.function(OrdersTwin.class).invokeJson(order).text());
  }
}
