package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import java.util.List;
import org.junit.jupiter.api.Test;

@FunctionTest
class OrdersTest {

  @Test
  void charges_once(Functions functions, FunctionLogs logs) {
    var orders = functions.function(Orders.class);

    assertEquals("\"charged o-1\"", orders.invokeJson("{\"orderId\":\"o-1\"}").text());
    assertEquals("\"charged o-1\"", orders.invokeJson("{\"orderId\":\"o-1\"}").text());
    assertEquals(List.of("Charging o-1"), logs.messages());
  }
}
