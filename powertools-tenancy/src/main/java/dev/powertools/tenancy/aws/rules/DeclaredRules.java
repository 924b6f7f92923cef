// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.aws.TenantCallDeniedException;
import dev.powertools.tenancy.resource.TenantResources;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The rules for what a type declares by {@link dev.powertools.tenancy.resource.TenantTable} and its
 * siblings. Everything else is denied: other services, operations without a rule, members of
 * requests that no rule names. Rules are tables that are matched with the members of a request, so
 * no class of a service is needed, and those of a service are read at its first call. Thread-safe.
 */
public final class DeclaredRules implements CallRules {

  private static final int ACCOUNT = 4; // arn:aws:lambda:<region>:<account>:function:<name>

  private final TenantResources resources;
  private final Map<String, ServiceRules> services = new ConcurrentHashMap<>();
  private volatile @Nullable String account;

  private DeclaredRules(TenantResources resources) {
    this.resources = resources;
  }

  /**
   * The rules for what a type declares.
   *
   * @param isolation the type with the annotations
   * @param runtime whose variables {@code ${NAME}} in them stand for
   * @throws dev.powertools.core.ConfigurationException naming the type, the annotation, its
   *     attribute and what it should be, if something can't be right
   */
  public static DeclaredRules of(Class<?> isolation, FunctionRuntime runtime) {
    return new DeclaredRules(TenantResources.of(isolation, runtime));
  }

  /** What was declared. */
  public TenantResources resources() {
    return resources;
  }

  @Override
  public SdkRequest complete(TenantCall call) {
    return rules(call).complete(asked(call));
  }

  @Override
  public void check(TenantCall call) {
    rules(call).check(asked(call));
  }

  @Override
  public void checkWire(TenantCall call, SdkHttpRequest wire) {
    rules(call).checkWire(asked(call), wire);
  }

  @Override
  public void checkResponse(TenantCall call, SdkResponse response) {
    rules(call).checkResponse(asked(call), response);
  }

  private ServiceRules rules(TenantCall call) {
    ServiceRules present = services.get(call.service());
    return present != null
        ? present
        : services.computeIfAbsent(call.service(), service -> made(call));
  }

  private ServiceRules made(TenantCall call) {
    return switch (call.service()) {
      case "DynamoDb" ->
          new DynamoDbRules(new DynamoDbTables(resources.tables(), resources.shared()));
      case "S3" -> new S3Rules(resources);
      case "Sqs" -> new SqsRules(resources.queues());
      case "Sns" -> new SnsRules(resources.topics());
      case "EventBridge" -> new EventBridgeRules(resources.buses());
      case "Lambda" -> new LambdaRules(resources.functions());
      case "Kms" -> new KmsRules(resources.keys());
      default ->
          throw new TenantCallDeniedException(
              call.service(),
              call.operation(),
              "service",
              "no rule allows this service to a tenant's clients. Use a client of the system's,"
                  + " within Tenants.asSystem.",
              null);
    };
  }

  private Asked asked(TenantCall call) {
    return new Asked(call, account());
  }

  /** The function's own, which its first invocation tells and which never changes. */
  private @Nullable String account() {
    String known = account;
    if (known == null) {
      known =
          FunctionInvocation.current()
              .flatMap(FunctionInvocation::context)
              .map(context -> context.getInvokedFunctionArn())
              .map(arn -> arn.split(":", -1))
              .filter(parts -> parts.length > ACCOUNT)
              .map(parts -> parts[ACCOUNT])
              .orElse(null);
      account = known;
    }
    return known;
  }
}
