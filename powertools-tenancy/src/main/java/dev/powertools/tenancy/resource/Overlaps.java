// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import dev.powertools.core.ConfigurationException;
import java.util.List;

/**
 * Refuses declarations by which one thing could be of two: of two tenants, or of one and of all.
 *
 * @param type the type with the annotations
 */
record Overlaps(Class<?> type) {

  /** Refuses two names that could be one. */
  void refuse(String annotation, List<ResourceName> names) {
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (names.get(i).collidesWith(names.get(j))) {
          throw overlap(annotation, names.get(j).name(), names.get(i).name());
        }
      }
    }
  }

  void refuseTables(List<DeclaredTable> tables, List<SharedResource> shared) {
    refuse("TenantTable", tables.stream().map(DeclaredTable::name).toList());
    for (DeclaredTable table : tables) {
      for (SharedResource each : shared) {
        if (each.service().equals("DynamoDb") && table.name().collidesWith(each.name())) {
          throw overlap("TenantShared", table.name().name(), each.name().name());
        }
      }
    }
  }

  void refuseBuckets(List<DeclaredBucket> buckets, List<SharedResource> shared) {
    for (int i = 0; i < buckets.size(); i++) {
      DeclaredBucket bucket = buckets.get(i);
      for (int j = 0; j < i; j++) {
        if (collide(bucket, buckets.get(j))) {
          throw overlap("TenantBucket", text(buckets.get(j)), text(bucket));
        }
      }
      for (SharedResource each : shared) {
        if (each.service().equals("S3") && collide(bucket, each)) {
          throw overlap("TenantShared", text(bucket), each.name().name() + "/" + each.prefix());
        }
      }
    }
  }

  private static boolean collide(DeclaredBucket one, DeclaredBucket other) {
    return one.name().collidesWith(other.name())
        && (one.keys() == null || other.keys() == null || one.keys().collidesWith(other.keys()));
  }

  private static boolean collide(DeclaredBucket bucket, SharedResource shared) {
    return bucket.name().collidesWith(shared.name())
        && (bucket.keys() == null
            || bucket.keys().before().startsWith(shared.prefix())
            || shared.prefix().startsWith(bucket.keys().before()));
  }

  private static String text(DeclaredBucket bucket) {
    return bucket.name().name() + "/" + (bucket.keys() == null ? "" : bucket.keys());
  }

  private ConfigurationException overlap(String annotation, String one, String other) {
    return new ConfigurationException(
        type.getName()
            + ": @"
            + annotation
            + ": \""
            + one
            + "\" and \""
            + other
            + "\" could be the same of two owners. Declare each once, and names with {tenant} such"
            + " that no id makes one of them another: a separator that ids can't have is . or _");
  }
}
