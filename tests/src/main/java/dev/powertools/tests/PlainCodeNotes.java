// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.source.TenantSources;
import java.util.Map;

/** Door 3 for tenants: plain code. */
// region handler
public class PlainCodeNotes implements RequestHandler<Map<String, Object>, String> {

  private final Tenancy tenancy =
      Tenancy.builder()
          .source(TenantSources.jwt("custom:tenant_id"))
          .source(TenantSources.confirmedByPath("tenantId"))
          .build();

  @Override
  public String handleRequest(Map<String, Object> event, Context context) {
    return tenancy.call(event, context, () -> Tenants.current().id() + " noted");
  }
}
// endregion
