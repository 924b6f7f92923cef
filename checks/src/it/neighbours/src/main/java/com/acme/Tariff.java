// SPDX-License-Identifier: Apache-2.0
package com.acme;

import dev.powertools.idempotency.IdempotencyKey;
import dev.powertools.idempotency.Idempotent;

/** Final on purpose: Mockito's inline mock maker changes its class file after the weaver did. */
public final class Tariff {

  @Idempotent(name = "cents")
  public long cents(@IdempotencyKey int items) {
    return 100L * items;
  }
}
