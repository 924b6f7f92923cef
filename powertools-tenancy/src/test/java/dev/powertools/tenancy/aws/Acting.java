// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.Work;
import dev.powertools.tenancy.spi.Trust;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Does work as tenants, in a runtime of its own, over a network in memory. */
final class Acting {

  private static final Map<String, String> LAMBDA =
      Map.of(
          "AWS_REGION", "eu-central-1",
          "AWS_ACCESS_KEY_ID", "AKSYSTEM",
          "AWS_SECRET_ACCESS_KEY", "secret");

  final Wire wire = new Wire();
  final FakeRules rules;
  final Work work;

  Acting() {
    this(new FakeRules(), Map.of());
  }

  Acting(FakeRules rules, Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(LAMBDA);
    all.putAll(variables);
    this.rules = rules;
    this.work = Work.of(FunctionRuntime.builder().config(Config.of(all)));
  }

  /** Does work in an invocation of its own, as a tenant. */
  <T> T as(String tenant, Callable<T> task) {
    return work.inside(() -> tenancy(tenant).call(null, null, task::call));
  }

  void as(String tenant, Runnable task) {
    as(
        tenant,
        () -> {
          task.run();
          return "";
        });
  }

  static Tenancy tenancy(String tenant) {
    return Tenancy.of(Work.says(Trust.VERIFIED, tenant));
  }

  /** Clients of DynamoDB as a user makes them. */
  TenantClients<DynamoDbClient> tables() {
    return clients(DynamoDbClient::builder).build();
  }

  TenantClients<DynamoDbClient> tables(Supplier<DynamoDbClientBuilder> builder) {
    return clients(builder).build();
  }

  <B extends AwsClientBuilder<B, C>, C extends SdkClient> TenantClients.Builder<B, C> clients(
      Supplier<B> builder) {
    return work.inside(
        () ->
            TenantClients.builder(Acting.class, builder)
                .httpClient(wire)
                .rules((isolation, runtime) -> rules));
  }

  static Map<String, AttributeValue> key(String pk) {
    return Map.of("pk", AttributeValue.fromS(pk));
  }
}
