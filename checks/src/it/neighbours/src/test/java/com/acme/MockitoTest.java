// SPDX-License-Identifier: Apache-2.0
package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import org.junit.jupiter.api.Test;

@FunctionTest
class MockitoTest {

  private static final String ORDER = "{\"orderId\":\"o-1\"}";

  @Test
  void a_mock_of_a_woven_class_does_what_it_is_told(Functions functions) {
    Tariff tariff = mock(Tariff.class);
    when(tariff.cents(1)).thenReturn(7L);

    var orders = functions.function(Orders.class, () -> new Orders(tariff));

    assertEquals("\"o-1 costs 7\"", orders.invokeJson(ORDER).text());
    verify(tariff).cents(1);
  }

  @Test
  void a_spy_of_a_woven_class_runs_its_links_and_its_body_once(Functions functions) {
    Orders spied = spy(new Orders());
    var orders = functions.function(Orders.class, () -> spied);

    assertEquals("\"o-1 costs 100\"", orders.invokeJson(ORDER).text());
    assertEquals("\"o-1 costs 100\"", orders.invokeJson(ORDER).text());

    verify(spied, times(2)).charge(org.mockito.ArgumentMatchers.anyMap());
  }

  @Test
  void a_spied_method_can_be_stubbed(Functions functions) {
    Orders spied = spy(new Orders());
    doReturn("stubbed").when(spied).charge(org.mockito.ArgumentMatchers.anyMap());

    var orders = functions.function(Orders.class, () -> spied);

    assertEquals("\"stubbed\"", orders.invokeJson(ORDER).text());
  }
}
