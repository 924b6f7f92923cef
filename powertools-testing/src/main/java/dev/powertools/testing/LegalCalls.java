// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.aws.TenantClients;
import dev.powertools.tenancy.resource.TenantResources;
import dev.powertools.testing.ClientList.Script;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/**
 * The plainest request that a handler's clients may make for a tenant, to be changed by attacks on
 * the SDK itself. A class for each service, which loads where that part of the SDK is.
 */
sealed interface LegalCalls {

  /** What is asked for by a request of a tenant's own. */
  AwsRequest of(TenantId whose);

  /** What no client but a bound one may send by: one of the SDK, of the test's network. */
  SdkClient unbound(Functions functions, ClientOverrideConfiguration config);

  /** As {@link #unbound(Functions, ClientOverrideConfiguration)}, configured as by default. */
  default SdkClient unbound(Functions functions) {
    return unbound(functions, ClientOverrideConfiguration.builder().build());
  }

  /** Other clients of the same declarations, whose builder has an interceptor. */
  Supplier<SdkClient> bound(Class<?> isolation, ExecutionInterceptor interceptor);

  /** Plays an attack by all clients of the handler that have something declared. */
  static void each(ClientScene scene, Script<LegalCalls> script) {
    int played = 0;
    for (Guarded clients : scene.clients()) {
      for (LegalCalls each : all(scene.service(clients), clients.resources())) {
        script.play(scene, clients, each);
        played++;
      }
    }
    if (played == 0) {
      throw new AssertionError(
          "none of the handler's TenantClients is one of DynamoDB or S3 with a table or bucket"
              + " declared, so there is nothing to attack. Declare what is the tenants' on the"
              + " isolation type, or leave this group of attacks out.");
    }
  }

  /** Plays an attack by the first clients of the handler that have something declared. */
  static void once(ClientScene scene, Script<LegalCalls> script) {
    AtomicBoolean played = new AtomicBoolean();
    each(
        scene,
        (same, clients, legal) -> {
          if (!played.getAndSet(true)) {
            script.play(scene, clients, legal);
          }
        });
  }

  private static List<LegalCalls> all(String service, TenantResources resources) {
    return switch (service) {
      case "dynamodb" ->
          resources.tables().stream()
              .limit(1)
              .<LegalCalls>map(table -> new OfDynamoDb(new TableTarget(table)))
              .toList();
      case "s3" ->
          resources.buckets().stream()
              .limit(1)
              .<LegalCalls>map(bucket -> new OfS3(new BucketTarget(bucket)))
              .toList();
      default -> List.of();
    };
  }

  /** Clients of a service, made in the runtime in force. */
  private static <B extends AwsClientBuilder<B, C>, C extends SdkClient> Supplier<SdkClient> made(
      Class<?> isolation, Supplier<B> builder, ExecutionInterceptor interceptor) {
    var clients =
        TenantClients.of(
            isolation,
            () -> builder.get().overrideConfiguration(o -> o.addExecutionInterceptor(interceptor)));
    return clients::current;
  }

  /** Of DynamoDB. */
  record OfDynamoDb(TableTarget table) implements LegalCalls {

    @Override
    public AwsRequest of(TenantId whose) {
      return GetItemRequest.builder().tableName(table.name(whose)).key(table.key(whose)).build();
    }

    @Override
    public SdkClient unbound(Functions functions, ClientOverrideConfiguration config) {
      return functions.aws().client(DynamoDbClient.builder(), b -> b.overrideConfiguration(config));
    }

    @Override
    public Supplier<SdkClient> bound(Class<?> isolation, ExecutionInterceptor interceptor) {
      return made(isolation, DynamoDbClient::builder, interceptor);
    }
  }

  /** Of S3. */
  record OfS3(BucketTarget bucket) implements LegalCalls {

    @Override
    public AwsRequest of(TenantId whose) {
      return HeadObjectRequest.builder().bucket(bucket.name(whose)).key(bucket.key(whose)).build();
    }

    @Override
    public SdkClient unbound(Functions functions, ClientOverrideConfiguration config) {
      return functions.aws().client(S3Client.builder(), b -> b.overrideConfiguration(config));
    }

    @Override
    public Supplier<SdkClient> bound(Class<?> isolation, ExecutionInterceptor interceptor) {
      return made(isolation, S3Client::builder, interceptor);
    }
  }
}
