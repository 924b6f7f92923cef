// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.LibraryCall;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.aws.TenantClients;
import dev.powertools.tenancy.resource.TenantTable;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/** What the guard adds to a call of DynamoDB that the network answers at once. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class GuardedCallBenchmark {

  private static final byte[] ITEM =
      "{\"Item\":{\"pk\":{\"S\":\"TENANT#acme#1\"},\"total\":{\"N\":\"42\"}}}"
          .getBytes(StandardCharsets.UTF_8);

  private final GetItemRequest request =
      GetItemRequest.builder()
          .tableName("orders")
          .key(Map.of("pk", AttributeValue.fromS("TENANT#acme#1")))
          .build();
  private final Tenancy acme =
      Tenancy.of(TenantSource.of("benchmark", Trust.VERIFIED, work -> Optional.of("acme")));
  private final FunctionRuntime runtime =
      FunctionRuntime.builder()
          .config(
              Config.of(
                  Map.of(
                      "AWS_REGION", "eu-central-1",
                      "AWS_ACCESS_KEY_ID", "AK",
                      "AWS_SECRET_ACCESS_KEY", "secret")))
          .build();
  private final TenantClients<DynamoDbClient> guarded =
      TenantClients.builder(Orders.class, DynamoDbClient::builder).httpClient(new Echo()).build();
  private final DynamoDbClient plain =
      DynamoDbClient.builder()
          .region(Region.EU_CENTRAL_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AK", "secret")))
          .httpClient(new Echo())
          .build();
  private Scope.Attached attached = () -> {};

  /** What is the tenants'. */
  @TenantTable(name = "orders", pk = "pk", format = "TENANT#{tenant}#*")
  private interface Orders {}

  /** Answers with an item. */
  private static final class Echo implements SdkHttpClient {

    private final SdkHttpResponse head =
        SdkHttpResponse.builder()
            .statusCode(200)
            .putHeader("Content-Length", String.valueOf(ITEM.length))
            .build();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(head)
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(ITEM)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }

  /** Opens the invocation. */
  @Setup
  public void open() {
    attached = Scope.of(LiveInvocation.under(runtime).open()).attach();
  }

  /** Ends it. */
  @TearDown
  public void close() {
    attached.close();
  }

  /** By a client of one's own, which the net is told to let pass. */
  @Benchmark
  public GetItemResponse plain() {
    return acme.call(null, null, () -> LibraryCall.run(() -> plain.getItem(request)));
  }

  /** By the tenant's. */
  @Benchmark
  public GetItemResponse guarded() {
    return acme.call(null, null, () -> guarded.current().getItem(request));
  }
}
