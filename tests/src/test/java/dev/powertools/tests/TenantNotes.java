// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.powertools.core.FunctionHandler;
import dev.powertools.logging.Logging;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.source.FromAuthorizer;
import dev.powertools.tenancy.source.FromJwt;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Woven handlers of notes, good ones and leaky ones. */
final class TenantNotes {

  private TenantNotes() {}

  public static class WovenHttp
      implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    // region woven
    @Override
    @Logging
    @TenantIsolated
    @FromJwt(claim = "custom:tenant_id")
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
      String note = Tenants.current().id() + " noted " + event.getBody();
      return APIGatewayV2HTTPResponse.builder().withStatusCode(200).withBody(note).build();
    }
    // endregion
  }

  public static class WovenRest
      implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
    @Override
    @TenantIsolated
    @FromAuthorizer(key = "tenantId")
    public APIGatewayProxyResponseEvent handleRequest(
        APIGatewayProxyRequestEvent event, Context context) {
      String note = Tenants.current().id() + " noted " + event.getBody();
      return new APIGatewayProxyResponseEvent().withStatusCode(200).withBody(note);
    }
  }

  private static String body(Map<String, Object> event) {
    return String.valueOf(event.get("body"));
  }

  /** Believes a header. */
  public static class Unisolated extends FunctionHandler<Map<String, Object>, String> {
    @Override
    protected String handle(Map<String, Object> event, Context context) {
      return "noted " + body(event);
    }
  }

  /** Remembers by path alone, so that the second tenant gets the first one's note. */
  @TenantIsolated
  @FromJwt(claim = "custom:tenant_id")
  public static class Cached extends FunctionHandler<Map<String, Object>, String> {
    private final Map<String, String> notes = new ConcurrentHashMap<>();

    @Override
    protected String handle(Map<String, Object> event, Context context) {
      return notes.computeIfAbsent(String.valueOf(event.get("rawPath")), path -> body(event));
    }
  }

  /** Lets a header say whose notes they are. */
  @TenantIsolated
  @FromJwt(claim = "custom:tenant_id")
  public static class Overridden extends FunctionHandler<Map<String, Object>, String> {
    private final Map<String, String> notes = new ConcurrentHashMap<>();

    @Override
    protected String handle(Map<String, Object> event, Context context) {
      String own = Tenants.current().id().value();
      notes.put(own, body(event));
      Object header =
          event.get("headers") instanceof Map<?, ?> headers ? headers.get("x-tenant-id") : null;
      return String.valueOf(notes.get(header == null ? own : header));
    }
  }
}
