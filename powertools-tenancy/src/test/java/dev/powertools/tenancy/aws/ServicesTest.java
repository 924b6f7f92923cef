// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.tenancy.aws.Wire.Answer;
import java.net.URI;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3CrtAsyncClientBuilder;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.StsClient;

/** What each service's own steps add between marshalling and the wire, and what they must not. */
class ServicesTest {

  private static final String XML = "<Result></Result>";

  private final Acting acting = new Acting();

  private TenantClients<S3Client> objects(UnaryOperator<S3ClientBuilder> options) {
    return acting.clients(() -> options.apply(S3Client.builder())).build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ofS3")
  void s3_is_reached_as_the_sdk_reaches_it(
      String name, UnaryOperator<S3ClientBuilder> options, Function<S3Client, ?> call, String url) {
    acting.wire.answering(each -> new Answer(200, XML));

    acting.as("acme", () -> call.apply(objects(options).current()) == null);

    assertThat(acting.wire.sent())
        .extracting(each -> each.request().getUri().toString())
        .containsExactly(url);
    assertThat(acting.work.signals()).isEmpty();
  }

  static Stream<Arguments> ofS3() {
    String host = "https://shared.s3.eu-central-1.amazonaws.com/";
    String path = "https://s3.eu-central-1.amazonaws.com/shared/";
    UnaryOperator<S3ClientBuilder> plain = b -> b;
    UnaryOperator<S3ClientBuilder> byPath = b -> b.forcePathStyle(true);
    UnaryOperator<S3ClientBuilder> local =
        b -> byPath.apply(b).endpointOverride(URI.create("http://localhost:9000"));
    UnaryOperator<S3ClientBuilder> dual = b -> b.dualstackEnabled(true);
    Function<S3Client, ?> put =
        s3 -> s3.putObject(r -> r.bucket("shared").key("acme/ä b+c"), RequestBody.fromString("x"));
    Function<S3Client, ?> get = s3 -> s3.getObjectAsBytes(r -> r.bucket("shared").key("acme/x"));
    Function<S3Client, ?> list = s3 -> s3.listObjectsV2(r -> r.bucket("shared").prefix("acme/"));
    Function<S3Client, ?> delete =
        s3 ->
            s3.deleteObjects(
                r ->
                    r.bucket("shared")
                        .delete(d -> d.objects(ObjectIdentifier.builder().key("acme/x").build())));
    Function<S3Client, ?> copy =
        s3 ->
            s3.copyObject(
                r ->
                    r.sourceBucket("shared")
                        .sourceKey("acme/x")
                        .destinationBucket("shared")
                        .destinationKey("acme/y"));
    return Stream.of(
        Arguments.of("put", plain, put, host + "acme/%C3%A4%20b%2Bc"),
        Arguments.of("put by path", byPath, put, path + "acme/%C3%A4%20b%2Bc"),
        Arguments.of("put locally", local, put, "http://localhost:9000/shared/acme/%C3%A4%20b%2Bc"),
        Arguments.of("get", plain, get, host + "acme/x"),
        Arguments.of("get by path", byPath, get, path + "acme/x"),
        Arguments.of(
            "get over IPv6",
            dual,
            get,
            "https://shared.s3.dualstack.eu-central-1.amazonaws.com/acme/x"),
        Arguments.of(
            "list",
            plain,
            list,
            "https://shared.s3.eu-central-1.amazonaws.com?list-type=2&prefix=acme%2F"),
        Arguments.of(
            "list by path",
            byPath,
            list,
            "https://s3.eu-central-1.amazonaws.com/shared?list-type=2&prefix=acme%2F"),
        Arguments.of(
            "delete several", plain, delete, "https://shared.s3.eu-central-1.amazonaws.com?delete"),
        Arguments.of("copy", plain, copy, host + "acme/y"));
  }

  @ParameterizedTest
  @MethodSource("redirections")
  void a_request_of_s3_must_not_be_turned_to_another_bucket_or_key(
      String what, UnaryOperator<SdkHttpRequest.Builder> change) {
    TenantClients<S3Client> objects = objects(b -> b.overrideConfiguration(changing(change)));

    assertThatThrownBy(
            () ->
                acting.as(
                    "acme",
                    () ->
                        objects.current().getObjectAsBytes(r -> r.bucket("shared").key("acme/x"))))
        .isInstanceOf(TenantCallDeniedException.class)
        .hasMessageContaining(what);
    assertThat(acting.wire.sent()).isEmpty();
  }

  private static Consumer<ClientOverrideConfiguration.Builder> changing(
      UnaryOperator<SdkHttpRequest.Builder> change) {
    ExecutionInterceptor changing =
        new ExecutionInterceptor() {
          @Override
          public SdkHttpRequest modifyHttpRequest(
              Context.ModifyHttpRequest call, ExecutionAttributes facts) {
            return change.apply(call.httpRequest().toBuilder()).build();
          }
        };
    return client -> client.addExecutionInterceptor(changing);
  }

  static Stream<Arguments> redirections() {
    return Stream.of(
        turned("the path", r -> r.encodedPath("/acme/../globex/x")),
        turned("the path", r -> r.encodedPath("/globex/x")),
        turned("the query", r -> r.putRawQueryParameter("versionId", "1")),
        turned("the query", r -> r.putRawQueryParameter("acl", (String) null)),
        turned("the header x-amz-copy-source", r -> r.putHeader("x-amz-copy-source", "a/b")));
  }

  private static Arguments turned(String what, UnaryOperator<SdkHttpRequest.Builder> change) {
    return Arguments.of(what, change);
  }

  @Test
  void dynamodb_may_be_reached_at_the_endpoint_of_an_account() {
    TenantClients<DynamoDbClient> tables =
        acting
            .clients(DynamoDbClient::builder)
            .credentials(
                tenant ->
                    StaticCredentialsProvider.create(
                        AwsSessionCredentials.builder()
                            .accessKeyId("AK")
                            .secretAccessKey("s")
                            .sessionToken("t-" + tenant)
                            .accountId("123456789012")
                            .build()))
            .build();

    acting.as(
        "acme",
        () -> {
          tables.current().getItem(r -> r.tableName("o").key(Acting.key("acme#1")));
        });

    SdkHttpRequest sent = acting.wire.sent().get(0).request();
    assertThat(sent.host()).isEqualTo("123456789012.ddb.eu-central-1.amazonaws.com");
    assertThat(sent.firstMatchingHeader("X-Amz-Security-Token")).contains("t-acme");
  }

  @Test
  void sqs_sends_by_its_json() {
    acting.wire.answering(
        each ->
            new Answer(
                200,
                "{\"MessageId\":\"m\",\"MD5OfMessageBody\":\"49f68a5c8493ec2c0bf489821c21fc3b\"}"));
    TenantClients<SqsClient> queues = acting.clients(SqsClient::builder).build();

    acting.as(
        "acme",
        () -> {
          queues
              .current()
              .sendMessage(
                  r ->
                      r.queueUrl("https://sqs.eu-central-1.amazonaws.com/123456789012/jobs")
                          .messageBody("hi"));
        });

    assertThat(acting.wire.sent()).hasSize(1);
    assertThat(acting.wire.sent().get(0).request().firstMatchingHeader("X-Amz-Target"))
        .contains("AmazonSQS.SendMessage");
  }

  /** STS speaks as SNS does: the SDK moves what it asks from the query to the body. */
  @Nested
  class The_query_protocol {

    private TenantClients<StsClient> roles(UnaryOperator<SdkHttpRequest.Builder> change) {
      acting.wire.answering(each -> new Answer(200, XML));
      return acting
          .clients(() -> StsClient.builder().overrideConfiguration(changing(change)))
          .build();
    }

    private void assume(StsClient sts) {
      sts.assumeRole(r -> r.roleArn("role of acme").roleSessionName("s"));
    }

    @Test
    void sends_a_form() {
      TenantClients<StsClient> roles = roles(r -> r);

      acting.as("acme", () -> assume(roles.current()));

      assertThat(acting.wire.sent()).hasSize(1);
      assertThat(acting.wire.sent().get(0).request().rawQueryParameters()).isEmpty();
      assertThat(acting.wire.sent().get(0).body())
          .contains("Action=AssumeRole", "RoleArn=role+of+acme");
    }

    @Test
    void sends_a_form_asynchronously() {
      acting.wire.answering(each -> new Answer(200, XML));
      TenantClients<StsAsyncClient> roles =
          acting.clients(StsAsyncClient::builder).httpClient(new AsyncWire(acting.wire)).build();

      acting.as(
          "acme",
          () ->
              roles
                  .current()
                  .assumeRole(r -> r.roleArn("role of acme").roleSessionName("s"))
                  .join());

      assertThat(acting.wire.sent()).hasSize(1);
      assertThat(acting.wire.sent().get(0).body())
          .contains("Action=AssumeRole", "RoleArn=role+of+acme");
    }

    @ParameterizedTest
    @MethodSource("dev.powertools.tenancy.aws.ServicesTest#forms")
    void sends_no_other_form(String what, UnaryOperator<SdkHttpRequest.Builder> change) {
      TenantClients<StsClient> roles = roles(change);

      assertThatThrownBy(() -> acting.as("acme", () -> assume(roles.current())))
          .isInstanceOf(TenantCallDeniedException.class)
          .hasMessageContaining("wire")
          .hasMessageContaining(what);
      assertThat(acting.wire.sent()).isEmpty();
    }
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        turned("the body", r -> r.putRawQueryParameter("RoleArn", "role of globex")),
        turned("the body", r -> r.appendRawQueryParameter("Action", "GetSessionToken")),
        turned("the body", r -> r.clearQueryParameters()),
        turned("the method", r -> r.method(SdkHttpMethod.GET)));
  }

  @Test
  void a_client_of_s3_over_crt_is_not_taken() {
    assertThat(AwsClientBuilder.class.isAssignableFrom(S3CrtAsyncClientBuilder.class)).isFalse();
  }

  @Test
  void a_page_that_is_fetched_in_anothers_work_is_denied() {
    acting.wire.answering(
        each ->
            new Answer(
                200,
                "{\"Items\":[{\"pk\":{\"S\":\"acme#1\"}}],"
                    + "\"LastEvaluatedKey\":{\"pk\":{\"S\":\"acme#1\"}}}"));
    TenantClients<DynamoDbClient> tables = acting.tables();
    Iterator<?> pages =
        acting.as(
            "acme",
            () -> {
              var all = tables.current().queryPaginator(r -> r.tableName("o")).iterator();
              all.next();
              return all;
            });

    assertThatThrownBy(() -> acting.as("globex", () -> pages.next()))
        .isInstanceOf(TenantCallDeniedException.class)
        .hasMessageContaining("mismatch");
    assertThat(acting.wire.sent()).hasSize(1);
  }
}
