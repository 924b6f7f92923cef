// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.tenancy.TenantId;
import java.util.Map;

/**
 * All by which credentials differ. Compared part by part, so that no two run into each other.
 *
 * @param role the ARN of the role
 * @param tags the session tags, the tenant's among them
 * @param policyHash a hash of the session policy; empty if there is none
 * @param region where they are issued
 */
record CredentialKey(
    String role, TenantId tenant, Map<String, String> tags, String policyHash, String region) {}
