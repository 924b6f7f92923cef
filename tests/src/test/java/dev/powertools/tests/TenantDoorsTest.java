// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.local.FunctionInitException;
import dev.powertools.local.event.Events;
import dev.powertools.local.event.HttpEvent;
import dev.powertools.tenancy.RunsAsSystem;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.source.ConfirmedByPath;
import dev.powertools.tenancy.source.FromAuthorizer;
import dev.powertools.tenancy.source.FromJwt;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.TenantSourceFactory;
import dev.powertools.tenancy.spi.Trust;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.Spans;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestStore;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@FunctionTest
class TenantDoorsTest {

  private static final HttpEvent NOTE = Events.apiGatewayV2("POST", "/notes").body("hello");

  private static HttpEvent of(String tenant) {
    return NOTE.claims(Map.of("custom:tenant_id", tenant, "iss", "https://issuer.example/pool"));
  }

  @Nested
  class A_function_with_every_feature {

    // region two-tenants
    @Test
    void does_the_same_work_for_two_tenants_and_mixes_nothing(Functions functions) {
      var notes = functions.function(BaseClassNotes.class);

      var ofAcme = notes.invoke(NOTE, as -> as.tenant("acme"));
      var ofGlobex = notes.invoke(NOTE, as -> as.tenant("globex"));

      assertThat(ofAcme.text()).contains("acme noted hello");
      assertThat(ofGlobex.text()).contains("globex noted hello"); // and not acme's, replayed
    }

    // endregion

    @Test
    void has_the_tenant_in_its_lines_its_span_and_its_keys(
        Functions functions, FunctionLogs logs, Spans spans, TestStore store) {
      var notes = functions.function(BaseClassNotes.class);

      var response = notes.invoke(of("acme"));

      assertThat(logs.of(response).withMessage("noted").fieldsOf("tenant_id"))
          .containsExactly("acme");
      assertThat(spans.roots().get(0).attributes()).containsValue("acme");
      notes.invoke(of("globex"));
      assertThat(store.records()).hasSize(2);
      assertThat(store.records()).extracting(StoredRecord::id).doesNotHaveDuplicates();
    }

    @Test
    void replays_to_the_tenant_who_did_it(Functions functions, FunctionLogs logs) {
      var notes = functions.function(BaseClassNotes.class);
      notes.invoke(of("acme"));

      assertThat(notes.invoke(of("acme")).text()).contains("acme noted");
      assertThat(logs.lines().withMessage("noted")).hasSize(1);
    }

    @Test
    void refuses_before_anything_of_it_runs(Functions functions, FunctionLogs logs) {
      var notes = functions.function(BaseClassNotes.class);

      var nobody = notes.invoke(NOTE);
      var path = notes.invoke(of("acme").pathParameter("tenantId", "globex"));

      assertThat(nobody.text()).contains("\"statusCode\":401");
      assertThat(path.text()).contains("\"statusCode\":403").doesNotContain("globex", "acme");
      assertThat(logs.messages()).doesNotContain("noted").contains("tenant_denied");
      assertThat(logs.lines().withMessage("tenant_denied").fieldsOf("rule"))
          .containsExactly("not_proved", "mismatch");
      assertThat(logs.lines().toString()).doesNotContain("globex");
    }

    @Test
    void decodes_nothing_before_it_knows_the_tenant(Functions functions) {
      var notes = functions.function(BaseClassNotes.class);

      var response =
          notes.invokeJson("{\"rawPath\":[1],\"requestContext\":{\"http\":{\"method\":\"GET\"}}}");

      assertThat(response.text()).contains("\"statusCode\":401");
    }
  }

  @Nested
  class The_other_doors {

    @Test
    void woven_is_the_same(Functions functions) {
      var notes = functions.function(TenantNotes.WovenHttp.class);

      assertThat(notes.invoke(NOTE, as -> as.tenant("acme")).text()).contains("acme noted hello");
      assertThat(notes.invoke(NOTE).text()).contains("\"statusCode\":401");
    }

    @Test
    void plain_code_is_the_same(Functions functions) {
      var notes = functions.function(PlainCodeNotes.class);

      assertThat(notes.invoke(of("acme")).text()).isEqualTo("\"acme noted\"");
      assertThat(notes.invoke(of("acme").pathParameter("tenantId", "globex")).error())
          .hasValueSatisfying(e -> assertThat(e.type()).contains("TenantDeniedException"));
      assertThat(notes.invoke(NOTE).error())
          .hasValueSatisfying(e -> assertThat(e.type()).contains("TenantNotProvedException"));
    }
  }

  @Nested
  class Each_record {

    private static final String ARN = "arn:aws:sqs:eu-west-1:123456789012:jobs-";

    private TestFunction jobs(Functions functions) {
      return functions
          .environment("TENANT_QUEUES", ARN + "acme=acme, " + ARN + "globex=globex")
          .function(SiloJobs.class);
    }

    @Test
    void of_a_queue_is_of_the_tenant_whose_queue_it_is(Functions functions, FunctionLogs logs) {
      var jobs = jobs(functions);
      for (String tenant : List.of("acme", "globex")) {
        var response =
            jobs.invoke(
                Events.sqs()
                    .queue(ARN + tenant)
                    .systemAttribute("SenderId", "AROAEXAMPLE:t-" + tenant)
                    .body(Map.of("id", "j-1")));
        assertThat(response.text()).contains("\"batchItemFailures\":[]");
      }

      assertThat(logs.messages()).contains("job j-1 of acme", "job j-1 of globex");
      assertThat(logs.lines().withMessage("job j-1 of acme").fieldsOf("tenant_id"))
          .containsExactly("acme");
    }

    @Test
    void that_is_refused_fails_alone_and_says_nothing_of_the_other_tenant(
        Functions functions, FunctionLogs logs) {
      var jobs = jobs(functions);
      var events =
          Events.sqs()
              .queue(ARN + "acme")
              .systemAttribute("SenderId", "AROAEXAMPLE:t-acme")
              .body(Map.of("id", "j-1"))
              .body(Map.of("id", "j-2", "tenantId", "globex"))
              .body(Map.of("id", "j-3", "tenantId", "acme"));

      var response = jobs.invoke(events);

      assertThat(response.text())
          .contains(events.messageId(1))
          .doesNotContain(events.messageId(0), events.messageId(2), "globex");
      assertThat(logs.messages()).contains("job j-1 of acme", "job j-3 of acme");
      assertThat(logs.lines().toString()).doesNotContain("globex");
    }

    @Test
    void of_a_queue_that_is_nobodys_is_refused(Functions functions, FunctionLogs logs) {
      var jobs = jobs(functions);
      var events = Events.sqs().queue(ARN + "initech").body(Map.of("id", "j-1"));

      assertThat(jobs.invoke(events).text()).contains(events.messageId(0));
      assertThat(logs.messages()).contains("tenant_denied");
    }

    @Test
    void of_a_table_is_of_the_tenant_in_its_key(Functions functions, FunctionLogs logs) {
      var changes = functions.function(TableChanges.class);

      changes.invoke(
          Events.dynamoDbStream()
              .table("orders")
              .keys("pk")
              .insert(Map.of("pk", "TENANT#acme#ORDER#1"))
              .insert(Map.of("pk", "TENANT#globex#ORDER#1"))
              .insert(Map.of("pk", "ORDER#1")));

      assertThat(logs.messages()).contains("change of acme", "change of globex", "tenant_denied");
    }
  }

  @Nested
  class A_source_of_ones_own {

    @Test
    void stands_beside_the_annotation_like_ours(Functions functions) {
      var function = functions.function(OfPartners.class);

      assertThat(function.invokeJson("{\"partner\":\"acme\"}").text()).isEqualTo("\"acme\"");
      assertThat(function.invokeJson("{}").error()).isPresent();
    }

    // region own-source
    @Intercepted(by = FromPartnerFactory.class, phase = Phase.TENANT, side = Side.BESIDE)
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    public @interface FromPartner {}

    static final class FromPartnerFactory extends TenantSourceFactory<FromPartner> {
      private static final JsonPointer PARTNER = JsonPointer.of("/partner");

      @Override
      public TenantSource source(FromPartner annotation, FunctionRuntime runtime) {
        return TenantSource.of(
            "@FromPartner",
            Trust.VERIFIED,
            work -> work.event().exactly(PARTNER).map(String.class::cast));
      }
    }

    @TenantIsolated
    @FromPartner
    public static class OfPartners extends FunctionHandler<Map<String, String>, String> {
      @Override
      protected String handle(Map<String, String> event, Context context) {
        return Tenants.current().id().value();
      }
    }
    // endregion
  }

  @Nested
  class A_wrong_configuration_does_not_start {

    public static class Nothing implements RequestHandler<Map<String, String>, String> {
      @Override
      @TenantIsolated
      public String handleRequest(Map<String, String> event, Context context) {
        return "";
      }
    }

    public static class OnlySource extends FunctionHandler<Map<String, String>, String> {
      @Override
      @FromJwt(claim = "tenant")
      protected String handle(Map<String, String> event, Context context) {
        return "";
      }
    }

    @TenantIsolated
    @ConfirmedByPath("tenant")
    public static class OnlyConfirmed extends FunctionHandler<Map<String, String>, String> {
      @Override
      protected String handle(Map<String, String> event, Context context) {
        return "";
      }
    }

    @TenantIsolated
    @FromJwt(claim = "tenant")
    @FromAuthorizer(key = "tenant")
    public static class TwoAuthorizers extends FunctionHandler<Map<String, String>, String> {
      @Override
      protected String handle(Map<String, String> event, Context context) {
        return "";
      }
    }

    @Test
    void and_says_what_is_missing(Functions functions) {
      says(functions, Nothing.class, "no source decides");
      says(functions, OnlySource.class, "Put @TenantIsolated beside it");
      says(functions, OnlyConfirmed.class, "only confirm");
      says(functions, TwoAuthorizers.class, "@FromJwt and @FromAuthorizer");
    }

    private void says(Functions functions, Class<?> handler, String why) {
      String said;
      try {
        said = functions.function(handler).invokeJson("{}").text(); // woven: when it is first used
      } catch (FunctionInitException e) {
        said = String.valueOf(e.getMessage());
      }
      assertThat(said).contains(why, handler.getSimpleName());
    }
  }

  @Nested
  class A_schedule {

    // region system
    @RunsAsSystem(reason = "nightly-billing")
    public static class Nightly extends FunctionHandler<Map<String, Object>, String> {
      @Override
      protected String handle(Map<String, Object> event, Context context) {
        return "billed";
      }
    }

    // endregion

    @TenantIsolated
    @FromJwt(claim = "custom:tenant_id")
    public static class Forgotten extends FunctionHandler<Map<String, Object>, String> {
      @Override
      protected String handle(Map<String, Object> event, Context context) {
        return "";
      }
    }

    @Test
    void runs_as_the_system_where_that_is_said_and_not_else(
        Functions functions, FunctionLogs logs) {
      assertThat(functions.function(Nightly.class).invoke(Events.schedule()).text())
          .isEqualTo("\"billed\"");
      assertThat(logs.messages()).contains("tenant_system");
      assertThat(functions.function(Forgotten.class).invoke(Events.schedule()).error()).isPresent();
    }
  }
}
