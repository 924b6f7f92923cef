// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.envelope.EnvelopeSource;
import dev.powertools.tenancy.spi.TenantResolver;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.util.List;
import java.util.Map;

/**
 * The sources of the tenant in code, for {@link dev.powertools.tenancy.Tenancy}: what each of them
 * reads, the annotation of the same name says.
 */
public final class TenantSources {

  private static final String AUTHORIZERS = "an API has one kind of authorizer";

  private TenantSources() {}

  /** As {@link FromJwt}, of whichever issuer the authorizer accepts. */
  public static TenantSource jwt(String claim) {
    return jwt(claim, "");
  }

  /** As {@link FromJwt}. */
  public static TenantSource jwt(String claim, String issuer) {
    return ofAuthorizer("@FromJwt", new TokenClaim(claim, issuer));
  }

  /** As {@link FromAuthorizer}. */
  public static TenantSource authorizer(String key) {
    return ofAuthorizer("@FromAuthorizer", new AuthorizerContext(key));
  }

  /**
   * As {@link FromIam}.
   *
   * @throws ConfigurationException if it is not the ARN of a role
   */
  public static TenantSource iam(String role) {
    String[] parts = role.split(":", 6);
    int name = role.lastIndexOf('/');
    if (parts.length < 6 || !parts[2].equals("iam") || !parts[5].startsWith("role/")) {
      throw new ConfigurationException(
          "\"" + role + "\" is not the ARN of a role, as arn:aws:iam::123456789012:role/tenants.");
    }
    String sessions =
        "arn:" + parts[1] + ":sts::" + parts[4] + ":assumed-role" + role.substring(name) + "/";
    return ofAuthorizer("@FromIam", new IamSession(sessions));
  }

  private static TenantSource ofAuthorizer(String name, TenantResolver resolver) {
    return new TenantSource(name, Trust.VERIFIED, resolver, AUTHORIZERS);
  }

  /** As {@link FromConnection}. */
  public static TenantSource connection() {
    return TenantSource.of("@FromConnection", Trust.INFRA, new BoundConnection());
  }

  /**
   * As {@link FromSourceArn}.
   *
   * @param tenants by ARN
   */
  public static TenantSource sourceArn(Map<String, String> tenants) {
    return TenantSource.of("@FromSourceArn", Trust.INFRA, new OwnedSource(Map.copyOf(tenants)));
  }

  /** As {@link FromEventBridge}. */
  public static TenantSource eventBridge(
      List<String> sources, List<String> accounts, String pointer) {
    return TenantSource.of(
        "@FromEventBridge",
        Trust.INFRA,
        new BusDetail(List.copyOf(sources), List.copyOf(accounts), JsonPointer.of(pointer)));
  }

  /**
   * As {@link FromEnvelope}, for envelopes of any age; {@link EnvelopeSource} has more to say.
   *
   * @param accepted the ARNs of topics and buses that are accepted beside the record's own queue
   */
  public static TenantSource envelope(String... accepted) {
    return EnvelopeSource.accepting(accepted).source();
  }

  /** As {@link FromTableKey}. */
  public static TenantSource tableKey(String table, String key, String format) {
    return TenantSource.of("@FromTableKey", Trust.INFRA, ItemKey.of(table, key, format));
  }

  /** As {@link FromObjectKey}. */
  public static TenantSource objectKey(List<String> buckets, String format) {
    return TenantSource.of(
        "@FromObjectKey",
        Trust.INFRA,
        new StoredObject(List.copyOf(buckets), KeyFormat.of(format)));
  }

  /** As {@link ConfirmedByPath}. */
  public static TenantSource confirmedByPath(String parameter) {
    return TenantSource.of(
        "@ConfirmedByPath", Trust.CLIENT, work -> Confirmations.path(work, parameter));
  }

  /** As {@link ConfirmedByHeader}. */
  public static TenantSource confirmedByHeader(String header) {
    return TenantSource.of(
        "@ConfirmedByHeader", Trust.CLIENT, work -> Confirmations.header(work, header));
  }

  /** As {@link ConfirmedByPayload}. */
  public static TenantSource confirmedByPayload(String pointer) {
    JsonPointer parsed = JsonPointer.of(pointer);
    return TenantSource.of(
        "@ConfirmedByPayload", Trust.CLIENT, work -> Confirmations.payload(work, parsed));
  }

  /** As {@link ConfirmedBySender}. */
  public static TenantSource confirmedBySender(String prefix) {
    return TenantSource.of(
        "@ConfirmedBySender", Trust.CLIENT, work -> Confirmations.sender(work, prefix));
  }
}
