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
  void annotations_of_private_and_static_methods_apply() {
    assertEquals("aa1.5", new Orders().charge("a"));
    assertEquals(List.of("receipt[a, 2]", "total[3, 0.5]"), AuditFactory.TRAIL);
  }

  @Test
  void annotations_of_a_handlers_type_apply_and_an_invocation_is_open() {
    assertEquals("truebb1.5", new OrderHandler().handleRequest("b", null));
    assertEquals(
        List.of("handleRequest[b, null]", "receipt[b, 2]", "total[3, 0.5]"), AuditFactory.TRAIL);
  }

  @Test
  void the_scan_finds_nothing_to_complain_about() {
    assertEquals(
        List.of(),
        UnwovenScan.scanDirectory(
            Path.of("target/classes"), OrdersTest.class.getClassLoader()));
  }
}
