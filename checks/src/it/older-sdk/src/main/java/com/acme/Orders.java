// SPDX-License-Identifier: Apache-2.0
package com.acme;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.aws.TenantClients;
import dev.powertools.tenancy.resource.TenantBucket;
import dev.powertools.tenancy.resource.TenantRole;
import dev.powertools.tenancy.resource.TenantTable;
import dev.powertools.tenancy.source.FromJwt;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

@TenantIsolated
@FromJwt(claim = "custom:tenant_id")
public class Orders extends FunctionHandler<Map<String, Object>, String> {

  @TenantTable(name = "orders", pk = "pk", format = "TENANT#{tenant}#*")
  @TenantBucket(name = "shared", prefix = "tenants/{tenant}/")
  @TenantRole(arn = "arn:aws:iam::123456789012:role/tenant")
  interface OfOrders {}

  private final TenantClients<DynamoDbClient> tables =
      TenantClients.of(OfOrders.class, DynamoDbClient::builder);
  private final TenantClients<S3Client> files =
      TenantClients.of(OfOrders.class, S3Client::builder);

  @Override
  protected String handle(Map<String, Object> event, Context context) {
    String tenant = Tenants.current().id().value();
    String body = String.valueOf(event.get("body"));
    tables
        .current()
        .putItem(
            r ->
                r.tableName("orders")
                    .item(
                        Map.of(
                            "pk", AttributeValue.fromS("TENANT#" + tenant + "#1"),
                            "body", AttributeValue.fromS(body))));
    files
        .current()
        .putObject(
            r -> r.bucket("shared").key("tenants/" + tenant + "/order"),
            RequestBody.fromString(body));
    return "ordered";
  }
}
