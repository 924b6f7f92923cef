// SPDX-License-Identifier: Apache-2.0
package com.acme;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.aws.TenantClients;
import dev.powertools.tenancy.resource.TenantTable;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

public class Orders implements RequestHandler<String, String> {

  @TenantTable(name = "orders", pk = "pk", format = "{tenant}#*")
  interface Isolation {}

  private final Tenancy tenancy =
      Tenancy.of(TenantSource.of("fixed", Trust.VERIFIED, work -> Optional.of("acme")));
  private final TenantClients<DynamoDbClient> tables =
      TenantClients.builder(Isolation.class, DynamoDbClient::builder)
          .httpClient(new Wire())
          .build();

  @Override
  public String handleRequest(String key, Context context) {
    return tenancy.call(key, context, () -> get(key));
  }

  private String get(String key) {
    tables
        .current()
        .getItem(r -> r.tableName("orders").key(Map.of("pk", AttributeValue.fromS(key))));
    return Tenants.current().id() + " got " + key;
  }
}
