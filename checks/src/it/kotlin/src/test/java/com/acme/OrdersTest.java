// SPDX-License-Identifier: Apache-2.0
package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powertools.core.woven.UnwovenScan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrdersTest {

  @BeforeEach
  void clear() {
    AuditFactory.TRAIL.clear();
  }

  @Test
  void annotations_apply_to_members_and_property_getters() {
    assertEquals("o!o!s", new Orders().charge("o", 2));
    assertEquals(List.of("charge[o, 2]", "receipt[o]", "getName[]"), AuditFactory.TRAIL);
  }

  @Test
  void annotations_apply_once_when_an_overload_fills_in_a_default() {
    assertEquals("o!o!s", new Orders().charge("o"));
    assertEquals(List.of("charge[o, 2]", "receipt[o]", "getName[]"), AuditFactory.TRAIL);
  }

  @Test
  void annotations_apply_to_objects_and_top_level_functions() {
    assertEquals("found null", Registry.INSTANCE.find(null));
    assertEquals(4.0, OrdersKt.topLevel(2.0));
    assertEquals(List.of("find[null]", "topLevel[2.0]"), AuditFactory.TRAIL);
  }

  @Test
  void annotations_apply_once_to_companions_called_from_either_side() {
    assertEquals(2, Orders.total(1));
    assertEquals(2, Orders.Companion.total(1));
    assertEquals(List.of("total[1]", "total[1]"), AuditFactory.TRAIL);
  }

  @Test
  void annotations_apply_once_to_default_methods_of_interfaces() {
    assertEquals("open at 9", new CornerShop().open(9));
    assertEquals(List.of("open[9]"), AuditFactory.TRAIL);
  }

  @Test
  void the_scan_finds_nothing_to_complain_about() {
    assertEquals(
        List.of(),
        UnwovenScan.scanDirectory(Path.of("target/classes"), OrdersTest.class.getClassLoader()));
  }
}
