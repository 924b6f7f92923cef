// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.source.ConfirmedByPath;
import dev.powertools.tenancy.source.FromJwt;
import dev.powertools.tracing.Tracing;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Door 2 for tenants, with every other feature: no build plugin. */
// region handler
@Logging
@Tracing
@TenantIsolated
@FromJwt(claim = "custom:tenant_id", issuer = "https://issuer.example/pool")
@ConfirmedByPath("tenantId")
public class BaseClassNotes extends FunctionHandler<BaseClassNotes.Request, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(BaseClassNotes.class);

  /** What is read of the event. */
  public record Request(String rawPath, Optional<String> body) {}

  @Override
  @Idempotent(name = "note", key = "/rawPath")
  protected Map<String, Object> handle(Request request, Context context) {
    TenantId tenant = Tenants.current().id();
    LOG.info("noted");
    return Map.of("statusCode", 200, "body", tenant + " noted " + request.body().orElse(""));
  }
}
// endregion
