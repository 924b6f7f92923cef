// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.tenancy.aws.rules.CallRules;
import dev.powertools.tenancy.aws.rules.TenantCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Lets a tenant get and put items whose key begins with its id, and all else that is not DynamoDB.
 */
class FakeRules implements CallRules {

  private static final Set<String> DENIED = Set.of("Scan", "DeleteTable");

  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  @Override
  public SdkRequest complete(TenantCall call) {
    asked.add("complete " + call.operation());
    return call.request();
  }

  @Override
  public void check(TenantCall call) {
    asked.add("check " + call.operation());
    if (DENIED.contains(call.operation())) {
      throw denied(call, "fake.operation", null);
    }
    if (call.request() instanceof GetItemRequest get) {
      requireOwn(call, get.key().get("pk").s());
    }
    if (call.request() instanceof PutItemRequest put) {
      requireOwn(call, put.item().get("pk").s());
    }
  }

  private static void requireOwn(TenantCall call, String key) {
    if (!key.startsWith(call.tenant().value() + "#")) {
      throw denied(call, "fake.key", key);
    }
  }

  private static TenantCallDeniedException denied(TenantCall call, String rule, String foreign) {
    return new TenantCallDeniedException(
        call.service(), call.operation(), rule, "it is not the tenant's.", foreign);
  }

  @Override
  public void checkWire(TenantCall call, SdkHttpRequest wire) {
    asked.add("checkWire " + call.operation());
  }

  @Override
  public void checkResponse(TenantCall call, SdkResponse response) {
    asked.add("checkResponse " + call.operation());
    String pk =
        response
            .getValueForField("Item", java.util.Map.class)
            .map(item -> String.valueOf(item.get("pk")))
            .orElse("");
    if (pk.contains("globex#")) {
      throw denied(call, "fake.response", pk);
    }
  }
}
