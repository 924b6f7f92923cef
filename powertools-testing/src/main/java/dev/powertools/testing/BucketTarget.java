// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.resource.DeclaredBucket;
import dev.powertools.tenancy.source.KeyFormat;

/** A bucket as a handler declares it, and what keys of tenants look like in it. */
record BucketTarget(DeclaredBucket bucket) {

  String name(TenantId whose) {
    KeyFormat silo = bucket.name().perTenant();
    return silo == null ? bucket.name().name() : silo.of(whose);
  }

  /** What the tenant's keys begin with; empty if the bucket is one tenant's. */
  String prefix(TenantId whose) {
    KeyFormat keys = bucket.keys();
    return keys == null ? "" : keys.of(whose);
  }

  String key(TenantId whose) {
    return prefix(whose) + "attack";
  }

  /** Whether keys of several tenants are in it. */
  boolean isPool() {
    return bucket.keys() != null;
  }
}
