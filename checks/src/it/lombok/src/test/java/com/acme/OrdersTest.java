// SPDX-License-Identifier: Apache-2.0
package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrdersTest {

  @Test
  void annotations_apply_once_to_what_lombok_generates_and_changes() {
    Orders orders = Orders.builder().shop("s").build();

    assertEquals("os", orders.charge("o"));
    assertThrows(IOException.class, () -> orders.charge(""));
    assertThrows(NullPointerException.class, () -> orders.charge(null));
    assertEquals(
        List.of("charge[o]", "getShop[]", "charge[]", "charge[null]"), AuditFactory.TRAIL);
  }
}
