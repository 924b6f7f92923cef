// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one invocation carries beside its event. Defaults: a random request id and trace id; no
 * tenant, client context or Cognito identity.
 *
 * <p>Immutable. {@link #defaults()} has new ids each time.
 */
public final class InvokeOptions {
  private final String requestId;
  private final String traceId;
  private final @Nullable String tenantId;
  private final @Nullable String clientContext;
  private final @Nullable String cognitoIdentity;

  private InvokeOptions(Builder builder) {
    requestId = builder.requestId;
    traceId = builder.traceId;
    tenantId = builder.tenantId;
    clientContext = builder.clientContext;
    cognitoIdentity = builder.cognitoIdentity;
  }

  /** The defaults, with ids of their own. */
  public static InvokeOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The request id; retries of one asynchronous event keep it. */
  public String requestId() {
    return requestId;
  }

  /** The X-Ray trace header. */
  public String traceId() {
    return traceId;
  }

  /** The tenant of a function with tenant isolation. */
  public @Nullable String tenantId() {
    return tenantId;
  }

  /** The client context's JSON. */
  public @Nullable String clientContext() {
    return clientContext;
  }

  /** The Cognito identity's JSON. */
  public @Nullable String cognitoIdentity() {
    return cognitoIdentity;
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private String requestId = UUID.randomUUID().toString();
    private String traceId = TraceIds.random();
    private @Nullable String tenantId;
    private @Nullable String clientContext;
    private @Nullable String cognitoIdentity;

    private Builder() {}

    /** See {@link InvokeOptions#requestId()}. */
    public Builder requestId(String requestId) {
      this.requestId = Objects.requireNonNull(requestId, "requestId");
      return this;
    }

    /** See {@link InvokeOptions#traceId()}. */
    public Builder traceId(String traceId) {
      this.traceId = Objects.requireNonNull(traceId, "traceId");
      return this;
    }

    /** See {@link InvokeOptions#tenantId()}. */
    public Builder tenantId(String tenantId) {
      this.tenantId = tenantId;
      return this;
    }

    /** See {@link InvokeOptions#clientContext()}. */
    public Builder clientContext(String json) {
      this.clientContext = json;
      return this;
    }

    /** See {@link InvokeOptions#cognitoIdentity()}. */
    public Builder cognitoIdentity(String json) {
      this.cognitoIdentity = json;
      return this;
    }

    /**
     * Validates and builds: these values travel as header lines, so none may hold a line break.
     *
     * @throws IllegalArgumentException naming the option
     */
    public InvokeOptions build() {
      Options.require(Header.isValue(requestId), "requestId", requestId, Header.EXPECTED);
      Options.require(Header.isValue(traceId), "traceId", traceId, Header.EXPECTED);
      Options.require(Header.isValue(tenantId), "tenantId", tenantId + "", Header.EXPECTED);
      Options.require(Header.isValue(clientContext), "clientContext", "…", Header.EXPECTED);
      Options.require(Header.isValue(cognitoIdentity), "cognitoIdentity", "…", Header.EXPECTED);
      return new InvokeOptions(this);
    }
  }
}
