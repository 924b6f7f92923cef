// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.WarnedOf;
import dev.powertools.tenancy.resource.TenantRole;
import dev.powertools.tenancy.source.Variables;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Finds out who vends the credentials of what is isolated. */
public final class Credentials {

  private Credentials() {}

  /**
   * The vendor of the runtime's parts, else that of the {@link TenantRole} that was declared; empty
   * if there is neither. Asks nobody for credentials yet.
   *
   * @throws ConfigurationException if the role can't be used as it was declared
   */
  public static Optional<CredentialVendor> of(Class<?> isolation, FunctionRuntime runtime) {
    Optional<CredentialVendor> part = runtime.part(CredentialVendor.class);
    TenantRole role = isolation.getAnnotation(TenantRole.class);
    return part.isPresent() || role == null
        ? part
        : Optional.of(assuming(role, isolation, runtime));
  }

  private static CredentialVendor assuming(
      TenantRole role, Class<?> isolation, FunctionRuntime runtime) {
    try {
      Config config = runtime.config();
      AssumeRoleVendor.Builder vendor =
          AssumeRoleVendor.builder(Variables.replaced(role.arn(), config)).tag(role.tag());
      for (String tag : role.tags()) {
        int equals = tag.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException("\"" + tag + "\" is no tag. Write name=value.");
        }
        vendor.sessionTag(
            tag.substring(0, equals), Variables.replaced(tag.substring(equals + 1), config));
      }
      StsPresence.require(role.arn(), runtime);
      return vendor.build(() -> runtime);
    } catch (IllegalArgumentException | ConfigurationException e) {
      throw new ConfigurationException(
          "@TenantRole of " + isolation.getName() + " can't be used: " + e.getMessage(), e);
    }
  }

  /**
   * Warns, once, that calls for tenants are signed by the function's own role: for those who find
   * no vendor and go on.
   */
  public static void warnOfNone(Class<?> isolation, FunctionRuntime runtime) {
    if (runtime
        .part(WarnedOf.class, r -> new WarnedOf())
        .first(List.of(Credentials.class, isolation))) {
      LoggerFactory.getLogger("dev.powertools.tenancy")
          .warn(
              "{} has no @TenantRole: its calls are checked in this process and signed by the"
                  + " function's own role, which IAM lets reach every tenant. Declare a role to"
                  + " make IAM the boundary.",
              isolation.getName());
    }
  }
}
