// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.tenancy.TenantId;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Gives the credentials with which a tenant's clients sign: {@link AssumeRoleVendor}, or one of
 * your own, such as by web identity. They are the boundary that IAM enforces; the guard in this
 * process is the one before it. Thread-safe.
 *
 * <p>An implementation that can't get a tenant's credentials throws, such as {@link
 * TenantCredentialsUnavailableException}. It never answers with those of the function, nor with
 * those of another tenant.
 */
@FunctionalInterface
public interface CredentialVendor {

  /**
   * The provider of one tenant's credentials, which is asked before each request and on any thread.
   * Making it costs nothing: what is slow waits until the first request.
   */
  AwsCredentialsProvider provider(TenantId tenant);

  /**
   * Forgets what is kept for a tenant, as when it was suspended. What was given out already stays
   * valid until it expires: only IAM can revoke it.
   */
  default void purge(TenantId tenant) {}
}
