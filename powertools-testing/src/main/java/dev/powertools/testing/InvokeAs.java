// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.InvokeOptions;
import dev.powertools.local.event.Events;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an invocation of a test carries beside its event, and the function's {@code Context} shows:
 *
 * <pre>{@code
 * function.invoke(event, as -> as.tenant("acme").requestId("r-1"));
 * }</pre>
 *
 * <p>Defaults: a request id and an X-Ray trace header of its own; no tenant, client context or
 * Cognito identity. The platform's retries of one asynchronous event keep their request id: give
 * each the same one. Confined to one thread.
 */
public final class InvokeAs {

  private final InvokeOptions.Builder options = InvokeOptions.builder();
  private @Nullable String tenant;

  InvokeAs() {}

  /** The request id. */
  public InvokeAs requestId(String id) {
    options.requestId(id);
    return this;
  }

  /**
   * The tenant: proved through the event where the handler is isolated ({@code @TenantIsolated}) by
   * a source that an event carries, a claim say, which is put into the event; else as {@link
   * #lambdaTenant}.
   */
  public InvokeAs tenant(String id) {
    tenant = id;
    return this;
  }

  /** The tenant in the context, as a function with Lambda's tenant isolation mode gets it. */
  public InvokeAs lambdaTenant(String id) {
    options.tenantId(id);
    return this;
  }

  /** The X-Ray trace header: {@code Root=1-…;Parent=…;Sampled=1}. */
  public InvokeAs trace(String header) {
    options.traceId(header);
    return this;
  }

  /** The client context as the caller's SDK sends it, as JSON text. */
  public InvokeAs clientContextJson(String json) {
    options.clientContext(json);
    return this;
  }

  /** A client context with values in its {@code custom} part. */
  public InvokeAs clientContext(Map<String, String> custom) {
    return clientContextJson(json(Map.of("custom", custom)));
  }

  /** The Cognito identity that called, and its pool. */
  public InvokeAs cognitoIdentity(String identityId, String poolId) {
    Map<String, String> identity =
        Map.of("cognitoIdentityId", identityId, "cognitoIdentityPoolId", poolId);
    options.cognitoIdentity(json(identity));
    return this;
  }

  /** The event as this caller sends it to a handler. */
  byte[] event(String handler, byte[] event) {
    if (tenant == null) {
      return event;
    }
    byte[] proved = Features.proveTenant(handler, event, tenant);
    if (proved == null) {
      options.tenantId(tenant);
      return event;
    }
    return proved;
  }

  InvokeOptions build() {
    return options.build();
  }

  private static String json(Map<String, ?> value) {
    return new String(Events.of(value).toBytes(), StandardCharsets.UTF_8);
  }
}
