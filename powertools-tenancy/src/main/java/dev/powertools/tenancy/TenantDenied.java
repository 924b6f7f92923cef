// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.Signal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Work was refused because of its tenant, or would have been: in audit mode, calls of AWS that
 * break a rule are let through, and are {@code tenancy.let_through}.
 *
 * @param rule the rule that was broken
 * @param source the source that broke it
 * @param reason why, without any id
 * @param tenant the tenant in force, if there was one
 * @param foreign a keyed hash of the id that was refused, if there was one
 * @param enforced whether it was refused, and not let through
 */
public record TenantDenied(
    String rule,
    String source,
    String reason,
    @Nullable String tenant,
    @Nullable String foreign,
    boolean enforced)
    implements Signal {

  @Override
  public String name() {
    return enforced ? "tenancy.denied" : "tenancy.let_through";
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rule", rule);
    fields.put("source", source);
    fields.put("reason", reason);
    if (tenant != null) {
      fields.put("current_tenant", tenant);
    }
    if (foreign != null) {
      fields.put("refused_tenant_hash", foreign);
    }
    return fields;
  }
}
