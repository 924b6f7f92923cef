// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.aws.GuardMode;
import dev.powertools.tenancy.aws.TenantClients;
import dev.powertools.tenancy.resource.TenantBucket;
import dev.powertools.tenancy.resource.TenantIndex;
import dev.powertools.tenancy.resource.TenantRole;
import dev.powertools.tenancy.resource.TenantTable;
import dev.powertools.tenancy.source.FromJwt;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Handlers that keep orders of tenants in one table and one bucket, good ones and leaky ones. */
final class IsolatedOrders {

  private IsolatedOrders() {}

  // region isolation
  @TenantTable(
      name = "orders",
      pk = "pk",
      format = "TENANT#{tenant}#*",
      indexes = @TenantIndex(name = "gsi1", pk = "gsi1pk", format = "{tenant}"))
  @TenantBucket(name = "shared", prefix = "tenants/{tenant}/")
  @TenantRole(arn = "arn:aws:iam::123456789012:role/tenant")
  interface Isolation {}

  // endregion

  /** Says that items are the tenant's by an attribute that is not their key. */
  @TenantTable(name = "orders", pk = "owner", format = "{tenant}")
  interface WrongIsolation {}

  /** Leaves the role out. */
  @TenantTable(name = "orders", pk = "pk", format = "TENANT#{tenant}#*")
  @TenantBucket(name = "shared", prefix = "tenants/{tenant}/")
  interface Roleless {}

  private static Map<String, AttributeValue> item(Object body) {
    String tenant = Tenants.current().id().value();
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", AttributeValue.fromS("TENANT#" + tenant + "#1"));
    item.put("gsi1pk", AttributeValue.fromS(tenant));
    item.put("body", AttributeValue.fromS(String.valueOf(body)));
    return item;
  }

  private static String path() {
    return "tenants/" + Tenants.current().id() + "/order";
  }

  /** As it should be. */
  @TenantIsolated
  @FromJwt(claim = "custom:tenant_id")
  public static class Good extends FunctionHandler<Map<String, Object>, String> {
    private final TenantClients<DynamoDbClient> tables =
        TenantClients.of(Isolation.class, DynamoDbClient::builder);
    private final TenantClients<S3Client> files =
        TenantClients.of(Isolation.class, S3Client::builder);

    @Override
    protected String handle(Map<String, Object> event, Context context) {
      tables.current().putItem(p -> p.tableName("orders").item(item(event.get("body"))));
      files
          .current()
          .putObject(p -> p.bucket("shared").key(path()), RequestBody.fromString("an order"));
      return "ordered";
    }
  }

  /** As it should be, asynchronously. */
  @TenantIsolated
  @FromJwt(claim = "custom:tenant_id")
  public static class GoodAsync extends FunctionHandler<Map<String, Object>, String> {
    private final TenantClients<DynamoDbAsyncClient> tables =
        TenantClients.of(Isolation.class, DynamoDbAsyncClient::builder);
    private final TenantClients<S3AsyncClient> files =
        TenantClients.of(Isolation.class, S3AsyncClient::builder);

    @Override
    protected String handle(Map<String, Object> event, Context context) {
      tables.current().putItem(p -> p.tableName("orders").item(item(event.get("body")))).join();
      files
          .current()
          .putObject(p -> p.bucket("shared").key(path()), AsyncRequestBody.fromString("an order"))
          .join();
      return "ordered";
    }
  }

  /** Has a guarded client, and uses one beside it that is not. */
  @TenantIsolated
  @FromJwt(claim = "custom:tenant_id")
  public static class Unguarded extends FunctionHandler<Map<String, Object>, String> {
    private final TenantClients<DynamoDbClient> tables =
        TenantClients.of(Isolation.class, DynamoDbClient::builder);
    private final DynamoDbClient own =
        FunctionRuntime.current().part(DynamoDbClient.class).orElseThrow();

    @Override
    protected String handle(Map<String, Object> event, Context context) {
      tables.current().putItem(p -> p.tableName("orders").item(item(event.get("body"))));
      own.putItem(p -> p.tableName("orders").item(item(event.get("body"))));
      return "ordered";
    }
  }

  /** Has no guarded client at all, and none that is not denied. */
  @TenantIsolated
  @FromJwt(claim = "custom:tenant_id")
  public static class Clientless extends FunctionHandler<Map<String, Object>, String> {
    @Override
    protected String handle(Map<String, Object> event, Context context) {
      return "ordered";
    }
  }

  /** Declares what is not so. */
  @TenantIsolated
  @FromJwt(claim = "custom:tenant_id")
  public static class Misdeclared extends FunctionHandler<Map<String, Object>, String> {
    private final TenantClients<DynamoDbClient> tables =
        TenantClients.of(WrongIsolation.class, DynamoDbClient::builder);

    @Override
    protected String handle(Map<String, Object> event, Context context) {
      tables.current().putItem(p -> p.tableName("orders").item(item(event.get("body"))));
      return "ordered";
    }
  }

  /** Was left as it was tried out. */
  @TenantIsolated
  @FromJwt(claim = "custom:tenant_id")
  public static class Audited extends FunctionHandler<Map<String, Object>, String> {
    private final TenantClients<DynamoDbClient> tables =
        TenantClients.builder(Isolation.class, DynamoDbClient::builder)
            .mode(GuardMode.AUDIT)
            .build();

    @Override
    protected String handle(Map<String, Object> event, Context context) {
      tables.current().putItem(p -> p.tableName("orders").item(item(event.get("body"))));
      return "ordered";
    }
  }

  /** Keeps the client of who came first. */
  @TenantIsolated
  @FromJwt(claim = "custom:tenant_id")
  public static class Keeping extends FunctionHandler<Map<String, Object>, String> {
    private static final Map<String, DynamoDbClient> KEPT = new HashMap<>();
    private final TenantClients<DynamoDbClient> tables =
        TenantClients.of(Isolation.class, DynamoDbClient::builder);

    @Override
    protected String handle(Map<String, Object> event, Context context) {
      DynamoDbClient kept;
      synchronized (KEPT) {
        kept = KEPT.computeIfAbsent("tables", name -> tables.current());
      }
      kept.putItem(p -> p.tableName("orders").item(item(event.get("body"))));
      return "ordered";
    }
  }

  /** Signs by the function's own role. */
  @TenantIsolated
  @FromJwt(claim = "custom:tenant_id")
  public static class WithoutRole extends FunctionHandler<Map<String, Object>, String> {
    private final TenantClients<DynamoDbClient> tables =
        TenantClients.of(Roleless.class, DynamoDbClient::builder);

    @Override
    protected String handle(Map<String, Object> event, Context context) {
      Map<String, AttributeValue> item = item(event.get("body"));
      tables.current().putItem(p -> p.tableName("orders").item(item));
      return "ordered";
    }
  }
}
