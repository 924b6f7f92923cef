// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.resource.DeclaredTable;
import dev.powertools.tenancy.resource.SharedResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a tenant's clients may use. Immutable.
 *
 * @param own where each item is a tenant's
 * @param shared where items are all tenants'
 */
record DynamoDbTables(List<DeclaredTable> own, List<SharedResource> shared) {

  static final String SERVICE = "DynamoDb";

  /**
   * What was found.
   *
   * @param own the table; null if it is one that all tenants read
   */
  record Found(@Nullable DeclaredTable own) {}

  /** The table of a name; what is not declared denies the call. */
  Found find(@Nullable String name, Asked asked) {
    Target target = Target.of(name == null ? "" : name, "dynamodb", "table/");
    if (target != null) {
      for (DeclaredTable table : own) {
        if (target.is(table.name(), asked)) {
          return new Found(table);
        }
      }
      if (isShared(target, asked)) {
        return new Found(null);
      }
    }
    throw asked.denied(
        "table",
        "the table is not declared for this tenant. Declare it by @TenantTable; by its ARN if it is"
            + " in another account or region than the function",
        name);
  }

  /** A table that all tenants may read by this operation; another denies the call. */
  void requireShared(@Nullable String name, Asked asked) {
    Target target = Target.of(name == null ? "" : name, "dynamodb", "table/");
    if (target == null || !isShared(target, asked)) {
      throw asked.denied(
          "operation",
          "it reads items of all tenants. Query by the tenant's key; for a table that all tenants"
              + " may read, declare it by @TenantShared with this operation",
          null);
    }
  }

  private boolean isShared(Target target, Asked asked) {
    for (SharedResource each : shared) {
      if (each.service().equals(SERVICE)
          && target.is(each.name(), asked)
          && each.operations().contains(asked.call().operation())) {
        return true;
      }
    }
    return false;
  }
}
