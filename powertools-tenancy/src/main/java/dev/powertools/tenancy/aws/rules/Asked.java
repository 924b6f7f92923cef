// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.aws.TenantCallDeniedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What is being asked for, and how it is denied.
 *
 * @param call the call
 * @param account of the function; null if it is not known
 */
record Asked(TenantCall call, @Nullable String account) {

  TenantId tenant() {
    return call.tenant();
  }

  /** The members of the request; what no rule names denies the call. */
  Members request(Shapes rules) {
    Shape shape = rules.find(call.operation());
    if (shape == null) {
      throw denied(
          "operation",
          "no rule allows it to a tenant's clients. Use a client of the system's within"
              + " Tenants.asSystem, or @TenantShared for what all tenants may read",
          null);
    }
    return members(shape, call.request());
  }

  /** The members of a part, whatever else is set in it. */
  Members part(Shape shape, @Nullable Object part) {
    if (!(part instanceof SdkPojo pojo)) {
      throw denied("field", "a part, " + shape.name() + ", is null", null);
    }
    return shape.of(pojo);
  }

  /** The members of a part; what no rule names denies the call. */
  Members members(Shape shape, @Nullable Object part) {
    Members members = part(shape, part);
    if (members.unnamed() != null) {
      throw denied(
          "field",
          "no rule allows a tenant's clients to set " + members.unnamed() + ". Leave it out",
          null);
    }
    return members;
  }

  /** A denial, to be thrown. */
  TenantCallDeniedException denied(String rule, String reason, @Nullable String foreign) {
    String name = call.service().toLowerCase(Locale.ROOT) + "." + rule;
    return new TenantCallDeniedException(
        call.service(), call.operation(), name, reason + ".", foreign);
  }
}
