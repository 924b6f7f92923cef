// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.resource.DeclaredFunction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** What a tenant's clients may ask of Lambda: to invoke declared functions, for the tenant. */
final class LambdaRules implements ServiceRules {

  private static final String REQUESTS =
      """
      Invoke: function=FunctionName tenant=TenantId qualifier=Qualifier
        | ClientContext InvocationType LogType Payload
      InvokeWithResponseStream: function=FunctionName tenant=TenantId qualifier=Qualifier
        | ClientContext InvocationType LogType Payload
      """;

  /** What is before and behind the function in the path. */
  private static final Map<String, List<String>> PATHS =
      Map.of(
          "Invoke", List.of("/2015-03-31/functions/", "/invocations"),
          "InvokeWithResponseStream",
              List.of("/2021-11-15/functions/", "/response-streaming-invocations"));

  private final Shapes requests = new Shapes(REQUESTS);
  private final List<DeclaredFunction> functions;

  LambdaRules(List<DeclaredFunction> functions) {
    this.functions = functions;
  }

  @Override
  public SdkRequest complete(Asked asked) {
    Members request = asked.request(requests);
    if (!find(request, asked).perTenant() || request.value(Role.TENANT) != null) {
      return asked.call().request();
    }
    Copy copy = Copy.of(request.pojo());
    request.fields(Role.TENANT).forEach(field -> copy.with(field, asked.tenant().value()));
    return (SdkRequest) copy.build();
  }

  @Override
  public void check(Asked asked) {
    Members request = asked.request(requests);
    boolean perTenant = find(request, asked).perTenant();
    String tenant = request.text(Role.TENANT);
    if (perTenant ? !asked.tenant().value().equals(tenant) : tenant != null) {
      throw asked.denied(
          "tenant",
          perTenant
              ? "tenantId is not the tenant that the client is bound to. Leave it out; if it is"
                  + " left out, this AWS SDK is too old to know it"
              : "tenantId is set for a function that was not declared as perTenant, and Lambda"
                  + " refuses that",
          tenant);
    }
  }

  private DeclaredFunction find(Members request, Asked asked) {
    String name = request.text(Role.FUNCTION);
    Target target = Target.of(name == null ? "" : name, "lambda", "function:");
    for (DeclaredFunction each : functions) {
      if (target != null && target.is(each.name(), asked)) {
        return each;
      }
    }
    throw asked.denied(
        "function",
        "the function is not declared for this tenant. Declare it by @TenantFunction, and name it"
            + " in calls by its name or ARN, with its version as qualifier",
        name);
  }

  @Override
  public void checkWire(Asked asked, SdkHttpRequest wire) {
    Members request = asked.request(requests);
    List<String> path = PATHS.getOrDefault(asked.call().operation(), List.of("", ""));
    String expected = path.get(0) + request.text(Role.FUNCTION) + path.get(1);
    boolean same =
        wire.method() == SdkHttpMethod.POST
            && expected.equals(Percent.decoded(wire.encodedPath()))
            && wire.rawQueryParameters().equals(query(request.text(Role.QUALIFIER)))
            && JsonWire.headers(wire, "X-Amz-Tenant-Id").equals(list(request.text(Role.TENANT)));
    if (!same) {
      throw JsonWire.changed(asked);
    }
  }

  private static Map<String, List<String>> query(@Nullable String qualifier) {
    return qualifier == null ? Map.of() : Map.of("Qualifier", List.of(qualifier));
  }

  private static List<String> list(@Nullable String text) {
    return text == null ? List.of() : List.of(text);
  }
}
