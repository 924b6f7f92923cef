// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.WorkContext;
import dev.powertools.core.config.Config;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.TenantDeniedException;
import dev.powertools.tenancy.Work;
import dev.powertools.tenancy.spi.TenantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TenantSourcesTest {

  private static final TenantSource JWT = TenantSources.jwt("custom:tenant_id", "https://ours");
  private static final TenantSource ANY_JWT = TenantSources.jwt("custom:tenant_id");
  private static final TenantSource AUTHORIZER = TenantSources.authorizer("tenantId");
  private static final TenantSource IAM =
      TenantSources.iam("arn:aws:iam::123456789012:role/path/tenants");
  private static final TenantSource SILO =
      TenantSources.sourceArn(
          Map.of(
              "arn:aws:sqs:eu-west-1:1:acme", "acme", "arn:aws:sqs:eu-west-1:1:globex", "globex"));
  private static final TenantSource BUS =
      TenantSources.eventBridge(List.of("com.acme"), List.of("123456789012"), "/detail/tenantId");
  private static final TenantSource TABLE =
      TenantSources.tableKey("orders", "pk", "TENANT#{tenant}#*");
  private static final TenantSource BUCKET =
      TenantSources.objectKey(List.of("shared"), "tenants/{tenant}/*");

  private static String v2(String authorizer) {
    return "{\"version\":\"2.0\",\"headers\":{\"x-tenant-id\":\"globex\"},\"requestContext\":"
        + "{\"http\":{\"method\":\"GET\"},\"authorizer\":"
        + authorizer
        + "}}";
  }

  private static String v1(String authorizer) {
    return "{\"httpMethod\":\"GET\",\"headers\":{\"x-tenant-id\":\"globex\"},\"requestContext\":"
        + "{\"stage\":\"prod\",\"authorizer\":"
        + authorizer
        + "}}";
  }

  private static String records(String... records) {
    return "{\"Records\":[" + String.join(",", records) + "]}";
  }

  private static String change(String table, String keys) {
    return "{\"eventSourceARN\":\"arn:aws:dynamodb:eu-west-1:1:table/"
        + table
        + "/stream/2026\",\"dynamodb\":{\"Keys\":"
        + keys
        + ",\"NewImage\":{\"pk\":{\"S\":\"TENANT#globex#1\"}}}}";
  }

  private static String object(String bucket, String key) {
    return "{\"eventSource\":\"aws:s3\",\"s3\":{\"bucket\":{\"name\":\""
        + bucket
        + "\"},\"object\":{\"key\":\""
        + key
        + "\"}}}";
  }

  private static String bus(String source, String account) {
    return "{\"source\":\""
        + source
        + "\",\"account\":\""
        + account
        + "\",\"detail-type\":\"globex\",\"detail\":{\"tenantId\":\"acme\"}}";
  }

  static Stream<Arguments> believed() {
    return Stream.of(
        Arguments.of(ANY_JWT, v2("{\"jwt\":{\"claims\":{\"custom:tenant_id\":\"acme\"}}}")),
        Arguments.of(
            JWT,
            v2(
                "{\"jwt\":{\"claims\":{\"custom:tenant_id\":\"acme\",\"iss\":\"https://ours\",\"exp\":\"4102444800\"}}}")),
        Arguments.of(
            ANY_JWT,
            v1(
                "{\"claims\":{\"custom:tenant_id\":\"acme\",\"exp\":\"Tue Oct 13 08:37:15 UTC 2020\"}}")),
        Arguments.of(
            ANY_JWT, v1("{\"claims\":{\"custom:tenant_id\":\"acme\"},\"scopes\":[\"a\"]}")),
        Arguments.of(AUTHORIZER, v2("{\"lambda\":{\"tenantId\":\"acme\",\"claims\":\"x\"}}")),
        Arguments.of(AUTHORIZER, v1("{\"principalId\":\"u\",\"tenantId\":\"acme\"}")),
        Arguments.of(
            IAM,
            v2("{\"iam\":{\"userArn\":\"arn:aws:sts::123456789012:assumed-role/tenants/acme\"}}")),
        Arguments.of(
            IAM,
            "{\"requestContext\":{\"identity\":{\"userArn\":\"arn:aws:sts::123456789012:assumed-role/tenants/acme\"}}}"),
        Arguments.of(SILO, records("{\"eventSourceARN\":\"arn:aws:sqs:eu-west-1:1:acme\"}")),
        Arguments.of(SILO, records("{\"Sns\":{\"TopicArn\":\"arn:aws:sqs:eu-west-1:1:acme\"}}")),
        Arguments.of(SILO, "{\"eventSourceArn\":\"arn:aws:sqs:eu-west-1:1:acme\",\"records\":{}}"),
        Arguments.of(BUS, bus("com.acme", "123456789012")),
        Arguments.of(TABLE, records(change("orders", "{\"pk\":{\"S\":\"TENANT#acme#ORDER#1\"}}"))),
        Arguments.of(BUCKET, records(object("shared", "tenants/acme/a+b%2Fc"))),
        Arguments.of(BUCKET, records(object("shared", "tenants%2Facme%2Fglobex"))));
  }

  @ParameterizedTest
  @MethodSource("believed")
  void is_read_from_every_form_of_the_event(TenantSource source, String json) {
    for (Object event : Work.forms(json)) {
      assertThat(Work.plain().tenant(Tenancy.of(source), event)).isEqualTo("acme");
    }
  }

  static Stream<Arguments> refused() {
    String claim = "\"custom:tenant_id\":\"acme\"";
    return Stream.of(
        Arguments.of("not_proved", ANY_JWT, v2("{}")),
        Arguments.of(
            "not_proved", ANY_JWT, v2("{\"jwt\":{\"claims\":{\"Custom:Tenant_ID\":\"acme\"}}}")),
        Arguments.of(
            "not_proved",
            ANY_JWT,
            v2("{\"jwt\":\"{\\\"claims\\\":{\\\"custom:tenant_id\\\":\\\"acme\\\"}}\"}")),
        Arguments.of(
            "not_proved",
            ANY_JWT,
            "{\"REQUESTCONTEXT\":{\"authorizer\":{\"claims\":{" + claim + "}}}}"),
        Arguments.of("not_proved", ANY_JWT, "[]"),
        Arguments.of(
            "ambiguous",
            ANY_JWT,
            v2("{\"jwt\":{\"claims\":{" + claim + ",\"CUSTOM:TENANT_ID\":\"globex\"}}}")),
        Arguments.of(
            "ambiguous", ANY_JWT, v2("{\"jwt\":{\"claims\":{" + claim + "," + claim + "}}}")),
        Arguments.of(
            "ambiguous", ANY_JWT, v2("{\"jwt\":{\"claims\":{" + claim + "},\"claims\":{}}}")),
        Arguments.of(
            "ambiguous", ANY_JWT, v2("{\"jwt\":{\"claims\":{\"custom:tenant_id\":[\"acme\"]}}}")),
        Arguments.of("ambiguous", ANY_JWT, v2("{\"jwt\":{\"claims\":{\"custom:tenant_id\":42}}}")),
        Arguments.of(
            "grammar",
            ANY_JWT,
            v2("{\"jwt\":{\"claims\":{\"custom:tenant_id\":\"[acme globex]\"}}}")),
        Arguments.of("grammar", ANY_JWT, v2("{\"jwt\":{\"claims\":{\"custom:tenant_id\":\"\"}}}")),
        Arguments.of("authorizer", ANY_JWT, v2("{\"lambda\":{" + claim + "}}")),
        Arguments.of(
            "authorizer", ANY_JWT, v2("{\"lambda\":{},\"jwt\":{\"claims\":{" + claim + "}}}")),
        Arguments.of(
            "authorizer",
            ANY_JWT,
            v2("{\"iam\":{\"userArn\":\"x\"},\"jwt\":{\"claims\":{" + claim + "}}}")),
        Arguments.of(
            "authorizer", ANY_JWT, v1("{\"principalId\":\"u\",\"claims\":{" + claim + "}}")),
        Arguments.of(
            "authorizer", ANY_JWT, v1("{\"claims\":\"{\\\"custom:tenant_id\\\":\\\"acme\\\"}\"}")),
        Arguments.of("authorizer", ANY_JWT, v1("{\"custom:tenant_id\":\"acme\"}")),
        Arguments.of(
            "authorizer",
            ANY_JWT,
            "{\"requestContext\":{\"elb\":{\"targetGroupArn\":\"x\"}},\"headers\":{\"x-amzn-oidc-data\":\"e30.e30.x\"}}"),
        Arguments.of(
            "issuer", JWT, v2("{\"jwt\":{\"claims\":{" + claim + ",\"iss\":\"https://theirs\"}}}")),
        Arguments.of("issuer", JWT, v2("{\"jwt\":{\"claims\":{" + claim + "}}}")),
        Arguments.of(
            "expired", ANY_JWT, v2("{\"jwt\":{\"claims\":{" + claim + ",\"exp\":\"1\"}}}")),
        Arguments.of("expired", ANY_JWT, v2("{\"jwt\":{\"claims\":{" + claim + ",\"exp\":1}}}")),
        Arguments.of(
            "authorizer", AUTHORIZER, v2("{\"jwt\":{\"claims\":{\"tenantId\":\"acme\"}}}")),
        Arguments.of(
            "authorizer",
            AUTHORIZER,
            v1("{\"claims\":{\"tenantId\":\"acme\"},\"tenantId\":\"acme\"}")),
        Arguments.of("not_proved", AUTHORIZER, v1("{\"principalId\":\"acme\"}")),
        Arguments.of(
            "caller",
            IAM,
            v2("{\"iam\":{\"userArn\":\"arn:aws:sts::123456789012:assumed-role/tenants2/acme\"}}")),
        Arguments.of(
            "caller",
            IAM,
            v2("{\"iam\":{\"userArn\":\"arn:aws:sts::999999999999:assumed-role/tenants/acme\"}}")),
        Arguments.of(
            "caller", IAM, v2("{\"iam\":{\"userArn\":\"arn:aws:iam::123456789012:user/acme\"}}")),
        Arguments.of(
            "authorizer",
            IAM,
            v2(
                "{\"jwt\":{\"claims\":{}},\"iam\":{\"userArn\":\"arn:aws:sts::123456789012:assumed-role/tenants/acme\"}}")),
        Arguments.of(
            "not_proved", SILO, records("{\"eventSourceARN\":\"arn:aws:sqs:eu-west-1:2:acme\"}")),
        Arguments.of(
            "ambiguous",
            SILO,
            records(
                "{\"eventSourceARN\":\"arn:aws:sqs:eu-west-1:1:acme\"}",
                "{\"eventSourceARN\":\"arn:aws:sqs:eu-west-1:1:globex\"}")),
        Arguments.of(
            "ambiguous",
            SILO,
            records("{\"eventSourceARN\":\"arn:aws:sqs:eu-west-1:1:acme\"}", "{}")),
        Arguments.of(
            "ambiguous",
            SILO,
            records("{}", "{\"eventSourceARN\":\"arn:aws:sqs:eu-west-1:1:acme\"}")),
        Arguments.of("not_proved", BUS, bus("com.acme", "999999999999")),
        Arguments.of("not_proved", BUS, bus("com.globex", "123456789012")),
        Arguments.of(
            "not_proved", TABLE, records(change("orders2", "{\"pk\":{\"S\":\"TENANT#acme#1\"}}"))),
        Arguments.of("key", TABLE, records(change("orders", "{\"pk\":{\"S\":\"acme\"}}"))),
        Arguments.of(
            "key", TABLE, records(change("orders", "{\"pk\":{\"B\":\"VEVOQU5UI2FjbWUjMQ==\"}}"))),
        Arguments.of("key", TABLE, records(change("orders", "{\"sk\":{\"S\":\"TENANT#acme#1\"}}"))),
        Arguments.of("grammar", TABLE, records(change("orders", "{\"pk\":{\"S\":\"TENANT##1\"}}"))),
        Arguments.of("not_proved", BUCKET, records(object("other", "tenants/acme/x"))),
        Arguments.of("key", BUCKET, records(object("shared", "tenants/acme"))),
        Arguments.of("key", BUCKET, records(object("shared", "tenants/acme/../globex/x"))),
        Arguments.of("key", BUCKET, records(object("shared", "tenants/acme/%2E%2E/globex/x"))),
        Arguments.of("key", BUCKET, records(object("shared", "tenants/acme/%zz"))),
        Arguments.of("grammar", BUCKET, records(object("shared", "tenants/acme+inc/x"))));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void is_refused_in_every_form_of_the_event(String rule, TenantSource source, String json) {
    for (Object event : Work.forms(json)) {
      assertThatThrownBy(() -> Work.plain().tenant(Tenancy.of(source), event))
          .isInstanceOfSatisfying(
              TenantDeniedException.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }
  }

  @Nested
  class In_objects_of_the_event_library {

    @Test
    void a_claim_of_an_http_api_is_read() {
      var jwt =
          APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT
              .builder()
              .withClaims(Map.of("custom:tenant_id", "acme"))
              .build();
      var event =
          APIGatewayV2HTTPEvent.builder()
              .withVersion("2.0")
              .withRequestContext(
                  APIGatewayV2HTTPEvent.RequestContext.builder()
                      .withAuthorizer(
                          APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                              .withJwt(jwt)
                              .build())
                      .build())
              .build();

      assertThat(Work.plain().tenant(Tenancy.of(ANY_JWT), event)).isEqualTo("acme");
    }

    @Test
    void a_claim_of_a_rest_api_is_read_and_a_lambda_authorizers_is_refused() {
      assertThat(
              Work.plain()
                  .tenant(
                      Tenancy.of(ANY_JWT),
                      rest(Map.of("claims", Map.of("custom:tenant_id", "acme")))))
          .isEqualTo("acme");
      assertThatThrownBy(
              () ->
                  Work.plain()
                      .tenant(
                          Tenancy.of(ANY_JWT),
                          rest(
                              Map.of(
                                  "principalId",
                                  "u",
                                  "claims",
                                  Map.of("custom:tenant_id", "acme")))))
          .isInstanceOf(TenantDeniedException.class);
    }

    private APIGatewayProxyRequestEvent rest(Map<String, Object> authorizer) {
      var context = new APIGatewayProxyRequestEvent.ProxyRequestContext();
      context.setAuthorizer(authorizer);
      return new APIGatewayProxyRequestEvent().withRequestContext(context);
    }

    @Test
    void the_key_of_a_changed_item_is_read() {
      var change = new DynamodbEvent.DynamodbStreamRecord();
      change.setEventSourceARN("arn:aws:dynamodb:eu-west-1:1:table/orders/stream/2026");
      change.setDynamodb(
          new StreamRecord().withKeys(Map.of("pk", new AttributeValue("TENANT#acme#1"))));
      var event = new DynamodbEvent();
      event.setRecords(List.of(change));

      assertThat(Work.plain().tenant(Tenancy.of(TABLE), event)).isEqualTo("acme");
    }
  }

  @Nested
  class In_records {

    /** A record as a batch engine opens it. */
    private Optional<String> read(TenantSource source, String arn, Map<String, String> attributes) {
      WorkContext record =
          new WorkContext() {
            @Override
            public String source() {
              return arn;
            }

            @Override
            public Optional<String> attribute(String name) {
              return Optional.ofNullable(attributes.get(name));
            }

            @Override
            public Optional<String> header(String name) {
              return Optional.of("AROA:t-globex"); // the sender's
            }
          };
      LiveInvocation work =
          LiveInvocation.under(Work.plain().runtime())
              .event(EventView.of(v2("{\"jwt\":{\"claims\":{\"custom:tenant_id\":\"acme\"}}}")))
              .work(record)
              .open();
      return source.resolver().resolve(work);
    }

    @Test
    void what_a_message_holds_is_never_taken_for_a_request() {
      for (TenantSource source : List.of(ANY_JWT, AUTHORIZER, IAM, BUS, BUCKET)) {
        assertThatThrownBy(() -> read(source, "", Map.of()))
            .isInstanceOf(TenantDeniedException.class)
            .hasMessageContaining("envelope");
      }
    }

    @Test
    void the_queue_itself_tells_whose_it_is() {
      assertThat(read(SILO, "arn:aws:sqs:eu-west-1:1:globex", Map.of())).contains("globex");
      assertThat(read(SILO, "", Map.of())).isEmpty();
    }

    @Test
    void a_sender_is_who_the_queue_says_and_not_what_the_sender_says() {
      TenantSource sender = TenantSources.confirmedBySender("t-");

      assertThat(read(sender, "", Map.of("SenderId", "AROAEXAMPLE:t-acme"))).contains("acme");
      assertThat(read(sender, "", Map.of())).isEmpty();
      for (String other : List.of("AIDAEXAMPLE", "AROA:acme", "t-acme")) {
        assertThatThrownBy(() -> read(sender, "", Map.of("SenderId", other)))
            .isInstanceOf(TenantDeniedException.class);
      }
    }

    @Test
    void a_message_is_no_change_of_a_table() {
      assertThat(read(TABLE, "arn:aws:sqs:eu-west-1:1:acme", Map.of())).isEmpty();
    }
  }

  @Nested
  class What_the_caller_says {

    private String with(TenantSource confirmation, String json) {
      Tenancy tenancy = Tenancy.builder().source(ANY_JWT).source(confirmation).build();
      String claims =
          "\"version\":\"2.0\",\"requestContext\":{\"authorizer\":{\"jwt\":{\"claims\":{\"custom:tenant_id\":\"acme\"}}}}";
      return Work.plain().tenant(tenancy, "{" + claims + json + "}");
    }

    private void denies(TenantSource confirmation, String json) {
      assertThatThrownBy(() -> with(confirmation, json)).isInstanceOf(TenantDeniedException.class);
    }

    @Test
    void of_the_path_must_agree_where_it_is_said() {
      TenantSource path = TenantSources.confirmedByPath("tenantId");

      assertThat(with(path, ",\"pathParameters\":{\"tenantId\":\"acme\"}")).isEqualTo("acme");
      assertThat(with(path, "")).isEqualTo("acme");
      denies(path, ",\"pathParameters\":{\"tenantId\":\"globex\"}");
      denies(path, ",\"pathParameters\":{\"tenantId\":\"\"}");
      denies(path, ",\"pathParameters\":{\"tenantId\":\"acme\",\"TENANTID\":\"globex\"}");
    }

    @Test
    void of_a_header_must_be_said_once() {
      TenantSource header = TenantSources.confirmedByHeader("X-Tenant-Id");

      assertThat(with(header, ",\"headers\":{\"x-tenant-id\":\"acme\"}")).isEqualTo("acme");
      assertThat(
              with(
                  header,
                  ",\"headers\":{\"x-tenant-id\":\"acme\"},\"multiValueHeaders\":{\"x-tenant-id\":[\"acme\"]}"))
          .isEqualTo("acme");
      denies(header, ",\"headers\":{\"x-tenant-id\":\"globex\"}");
      denies(header, ",\"headers\":{\"x-tenant-id\":\"acme,globex\"}");
      denies(header, ",\"headers\":{\"X-Tenant-Id\":\"acme\",\"x-tenant-id\":\"globex\"}");
      denies(header, ",\"headers\":{\"X-Tenant-Id\":\"acme\",\"x-tenant-id\":\"acme\"}");
      denies(header, ",\"multiValueHeaders\":{\"x-tenant-id\":[\"acme\",\"globex\"]}");
      denies(
          header,
          ",\"headers\":{\"x-tenant-id\":\"acme\"},\"multiValueHeaders\":{\"x-tenant-id\":[\"globex\"]}");
    }

    @Test
    void in_the_payload_must_agree_however_it_is_read() {
      TenantSource payload = TenantSources.confirmedByPayload("/body/tenantId");

      assertThat(with(payload, ",\"body\":\"{\\\"tenantId\\\":\\\"acme\\\"}\"")).isEqualTo("acme");
      assertThat(with(payload, "")).isEqualTo("acme");
      denies(payload, ",\"body\":\"{\\\"tenantId\\\":\\\"globex\\\"}\"");
      denies(payload, ",\"body\":\"{\\\"TENANTID\\\":\\\"globex\\\"}\"");
      denies(payload, ",\"body\":\"{\\\"tenantId\\\":[\\\"acme\\\"]}\"");
      denies(
          payload, ",\"body\":\"{\\\"tenantId\\\":\\\"acme\\\",\\\"tenantId\\\":\\\"acme\\\"}\"");
    }
  }

  @Nested
  class A_connection {

    private static final String FRAME =
        "{\"requestContext\":{\"connectionId\":\"c-1\",\"eventType\":\"MESSAGE\"},\"body\":\"globex\"}";

    @Test
    void is_of_the_tenant_that_it_was_bound_to() {
      Work bound = work(id -> id.equals("c-1") ? Optional.of("acme") : Optional.empty());

      assertThat(bound.tenant(Tenancy.of(TenantSources.connection()), FRAME)).isEqualTo("acme");
    }

    @Test
    void that_nobody_has_bound_is_refused() {
      Tenancy tenancy = Tenancy.of(TenantSources.connection());

      assertThatThrownBy(() -> work(id -> Optional.empty()).tenant(tenancy, FRAME))
          .isInstanceOf(TenantDeniedException.class);
      assertThatThrownBy(() -> Work.plain().tenant(tenancy, FRAME))
          .hasMessageContaining("ConnectionTenants");
    }

    private Work work(ConnectionTenants tenants) {
      return Work.of(
          FunctionRuntime.builder()
              .config(Config.of(Map.of()))
              .part(ConnectionTenants.class, tenants));
    }
  }

  @Nested
  class Bad_settings {

    private void refused(String why, Runnable setting) {
      assertThatThrownBy(setting::run)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(why);
    }

    @Test
    void are_refused_when_they_are_made() {
      refused("ARN of a role", () -> TenantSources.iam("tenants"));
      refused(
          "sources and the accounts", () -> TenantSources.eventBridge(List.of(), List.of("1"), ""));
      refused(
          "aws.partner",
          () -> TenantSources.eventBridge(List.of("aws.partner/x"), List.of("1"), ""));
      refused("{tenant}", () -> TenantSources.tableKey("t", "pk", "TENANT#*"));
      refused("no id can hold", () -> TenantSources.tableKey("t", "pk", "{tenant}*"));
      refused("no id can hold", () -> TenantSources.tableKey("t", "pk", "{tenant}-x*"));
      refused("ARN=tenant", () -> ArnTenants.parse(new String[] {"acme"}));
      refused("twice", () -> ArnTenants.parse(new String[] {"arn:a=acme", "arn:a=globex"}));
      refused("not set", () -> Variables.replaced("${NONE}", Config.of(Map.of())));
      refused("does not end", () -> Variables.replaced("${NONE", Config.of(Map.of())));
    }

    @Test
    void variables_are_replaced() {
      assertThat(Variables.replaced("a${X}b${Y}", Config.of(Map.of("X", "1", "Y", "2"))))
          .isEqualTo("a1b2");
    }
  }
}
