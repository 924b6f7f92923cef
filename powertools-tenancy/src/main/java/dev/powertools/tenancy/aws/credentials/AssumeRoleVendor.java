// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.aws.TenantNetwork;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Assumes one role for all tenants, in a session with the tenant as its tag: the role's policy
 * allows what {@code ${aws:PrincipalTag/TenantId}} makes of it, and no id is ever written into a
 * policy. Thread-safe.
 *
 * <p>Credentials are kept by the runtime, of 1,024 tenants at most, until five minutes before they
 * expire; then the first caller renews them. However many threads need them, STS is asked once. If
 * it fails while the old ones are valid, those stay in use; else {@link
 * TenantCredentialsUnavailableException} is thrown, to all who ask within a second. The function's
 * own role is never used instead.
 *
 * <p>Asks by the {@code StsClient} of the runtime's parts, else by one of its own over the
 * runtime's {@link TenantNetwork}: by default with the environment's credentials, at its region's
 * endpoint or at {@code AWS_ENDPOINT_URL_STS}. Needs {@code software.amazon.awssdk:sts} on the
 * class path, and {@code url-connection-client} unless the runtime was given a client or network.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole
 *     in the API reference of STS</a>
 */
public final class AssumeRoleVendor implements CredentialVendor {

  private final AssumedRole role;
  private final Supplier<FunctionRuntime> runtime;
  private volatile boolean isThere;

  AssumeRoleVendor(AssumedRole role, Supplier<FunctionRuntime> runtime) {
    this.role = role;
    this.runtime = runtime;
  }

  /**
   * A vendor with all defaults.
   *
   * @throws IllegalArgumentException if it is not the ARN of a role
   */
  public static AssumeRoleVendor of(String roleArn) {
    return builder(roleArn).build();
  }

  /** A builder for one role. */
  public static Builder builder(String roleArn) {
    return new Builder(roleArn);
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.powertools.core.ConfigurationException if the SDK's STS or {@code AWS_REGION} is
   *     missing
   */
  @Override
  public AwsCredentialsProvider provider(TenantId tenant) {
    FunctionRuntime now = runtime.get();
    requireSts(now);
    return new Provider(role, tenant, role.key(tenant, TenantNetwork.of(now).region().id()), now);
  }

  private void requireSts(FunctionRuntime now) {
    if (!isThere) {
      StsPresence.require(role.role(), now);
      isThere = true; // what is on the class path stays there
    }
  }

  @Override
  public void purge(TenantId tenant) {
    CredentialCache.of(runtime.get()).purge(tenant);
  }

  /** The role, and no credentials. */
  @Override
  public String toString() {
    return "AssumeRoleVendor of " + role.role() + " with the tag " + role.tag();
  }

  /** Holds no credentials: what the cache forgot is forgotten. */
  private record Provider(
      AssumedRole role, TenantId tenant, CredentialKey key, FunctionRuntime runtime)
      implements AwsCredentialsProvider {

    @Override
    public AwsCredentials resolveCredentials() {
      return CredentialCache.of(runtime).get(key, () -> Sts.of(runtime).assume(role, tenant));
    }

    @Override
    public String toString() {
      return "credentials of the tenant " + tenant + " of " + role.role();
    }
  }

  /**
   * Collects what is the same for all tenants. Defaults: the tag {@code TenantId} alone, one hour
   * (the longest where a role assumes a role), no session policy. Confined to one thread.
   */
  public static final class Builder {

    private final String roleArn;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private String tag = "TenantId";
    private Duration duration = Duration.ofHours(1);
    private String policy = "";

    private Builder(String roleArn) {
      this.roleArn = Objects.requireNonNull(roleArn);
    }

    /** The name of the session tag that is the tenant. It is transitive. */
    public Builder tag(String name) {
      this.tag = Objects.requireNonNull(name);
      return this;
    }

    /** One more session tag, the same for all tenants. */
    public Builder sessionTag(String name, String value) {
      this.tags.put(Objects.requireNonNull(name), Objects.requireNonNull(value));
      return this;
    }

    /** How long credentials are to be valid: 15 minutes to 1 hour. */
    public Builder duration(Duration value) {
      this.duration = Objects.requireNonNull(value);
      return this;
    }

    /**
     * A session policy, which takes away from what the role may. It is the same for all tenants:
     * write {@code ${aws:PrincipalTag/TenantId}} where the tenant is meant.
     */
    public Builder policy(String json) {
      this.policy = Objects.requireNonNull(json);
      return this;
    }

    /**
     * Makes it.
     *
     * @throws IllegalArgumentException if STS would refuse the ARN, a tag or the duration
     */
    public AssumeRoleVendor build() {
      return build(FunctionRuntime::current);
    }

    AssumeRoleVendor build(Supplier<FunctionRuntime> runtime) {
      return new AssumeRoleVendor(new AssumedRole(roleArn, tag, tags, duration, policy), runtime);
    }
  }
}
