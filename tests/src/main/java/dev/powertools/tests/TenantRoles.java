// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.tenancy.aws.credentials.AssumeRoleVendor;
import dev.powertools.tenancy.aws.credentials.CredentialVendor;
import dev.powertools.tenancy.resource.TenantRole;
import java.time.Duration;

/** How tenants get credentials of their own, for the guide. */
public final class TenantRoles {

  private TenantRoles() {}

  // region role
  /** What the function isolates. */
  @TenantRole(arn = "${TENANT_ROLE_ARN}")
  public interface OrdersIsolation {}

  // endregion

  /** A runtime whose role is assumed otherwise. */
  public static RuntimeProvider assuming(String roleArn) {
    // region vendor
    CredentialVendor vendor =
        AssumeRoleVendor.builder(roleArn)
            .tag("customer")
            .sessionTag("Stage", "prod")
            .duration(Duration.ofMinutes(30))
            .build();
    RuntimeProvider runtime =
        () -> FunctionRuntime.builder().part(CredentialVendor.class, vendor).build();
    // endregion
    return runtime;
  }
}
