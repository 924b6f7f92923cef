// SPDX-License-Identifier: Apache-2.0
package com.acme;

import dev.powertools.testing.FunctionTest;
import org.junit.jupiter.api.Test;

@FunctionTest
class WovenTest {

  @Test
  void any_test_at_all() {}
}
