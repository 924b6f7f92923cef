// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.Signal;
import java.util.Map;

/**
 * Credentials were issued for the tenant in force.
 *
 * @param role the ARN of the role
 * @param packedPolicySize how much of what STS allows for policies and tags was used, in percent
 */
public record TenantCredentialsIssued(String role, int packedPolicySize) implements Signal {

  @Override
  public String name() {
    return "tenancy.credentials";
  }

  @Override
  public Map<String, Object> fields() {
    return Map.of("role", role, "packed_policy_size", packedPolicySize);
  }
}
