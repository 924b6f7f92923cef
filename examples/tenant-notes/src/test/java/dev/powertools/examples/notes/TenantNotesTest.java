// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.event.Events;
import dev.powertools.local.event.HttpEvent;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.LogLine;
import dev.powertools.testing.SqsTestQueue;
import dev.powertools.testing.TenantAttack;
import dev.powertools.testing.TenantAttack.Group;
import dev.powertools.testing.TenantTest;
import dev.powertools.testing.TestFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two tenants, one HTTP API, one table and one queue. */
@FunctionTest
@ExtendWith(NotesTable.Extension.class)
class TenantNotesTest {

  private TestFunction api;
  private SqsTestQueue jobs;

  @BeforeEach
  void placeTheFunctions(Functions functions, NotesTable table) {
    table.clear();
    functions.aws().endpoint("dynamodb", table.endpoint());
    jobs = functions.sqs("jobs", NoteJobs.class).start();
    functions.aws().serve("sqs", jobs.queues());
    api =
        functions
            .environment("NOTES_JOBS_URL", jobs.queues().queue("jobs").url())
            .function(NotesHandler.class);
  }

  private static HttpEvent of(String tenant, String method) {
    return Events.apiGatewayV2(method, "/" + tenant + "/notes/n-1")
        .route("/{tenantId}/notes/{noteId}");
  }

  private String get(String tenant) {
    return api.invoke(of(tenant, "GET"), as -> as.tenant(tenant)).text();
  }

  @Nested
  class Over_http {

    @Test
    void each_tenant_has_its_own_note_of_one_id() {
      api.invoke(of("acme", "PUT").body("buy anvils"), as -> as.tenant("acme"));
      api.invoke(of("globex", "PUT").body("sell"), as -> as.tenant("globex"));
      jobs.drain();

      assertThat(get("acme")).contains("200", "buy anvils (2)");
      assertThat(get("globex")).contains("200", "sell (1)");
      assertThat(get("initech")).contains("404");
    }

    @Test
    void the_path_of_another_tenant_is_refused() {
      api.invoke(of("acme", "PUT").body("buy anvils"), as -> as.tenant("acme"));

      var spied = api.invoke(of("acme", "GET"), as -> as.tenant("globex"));

      assertThat(spied.text()).contains("\"statusCode\":403").doesNotContain("anvils", "acme");
    }

    @Test
    void without_a_token_nothing_is_kept_or_sent() {
      var response = api.invoke(of("acme", "PUT").body("buy anvils"));

      assertThat(response.text()).contains("\"statusCode\":401");
      assertThat(get("acme")).contains("404");
      assertThat(jobs.source()).isEmpty();
    }
  }

  @Nested
  class In_the_queue_of_all {

    private static final Job JOB = new Job("j-1", "n-1");

    @Test
    void jobs_of_one_batch_run_each_for_its_own_tenant_and_once(FunctionLogs logs) {
      jobs.sendAs("acme", JOB);
      jobs.sendAs("globex", JOB); // the same id, but other work
      jobs.sendAs("acme", JOB); // a duplicate
      jobs.drain();

      var counts = logs.lines().withMessage("Counts n-1");
      assertThat(counts.fieldsOf("tenant_id")).containsExactly("acme", "globex");
      assertThat(counts.stream().map(LogLine::requestId).distinct()).hasSize(1); // one batch
    }

    @Test
    void what_is_not_signed_or_forged_fails_alone(FunctionLogs logs) {
      String forged = jobs.envelope("globex", JOB).replace("|globex|", "|acme|");

      jobs.send(JOB);
      jobs.sendAs("globex", JOB);
      jobs.send(JOB, message -> message.attribute("pt.tenant", forged));
      jobs.drain();

      assertThat(logs.lines().withMessage("Counts n-1").fieldsOf("tenant_id"))
          .containsExactly("globex");
      assertThat(jobs.deadLetters())
          .extracting(dead -> dead.failure().message())
          .satisfiesExactlyInAnyOrder(
              message -> assertThat(message).contains("MISSING"),
              message -> assertThat(message).contains("FORGED").doesNotContain("acme"));
      jobs.assertNothingLost();
    }
  }

  @Nested
  class In_the_table {

    @Test
    void items_say_whose_they_are(NotesTable table) {
      api.invoke(of("acme", "PUT").body("buy anvils"), as -> as.tenant("acme"));
      api.invoke(of("globex", "PUT").body("sell"), as -> as.tenant("globex"));

      assertThat(table.owners()).containsExactlyInAnyOrder("acme", "globex");
    }
  }

  // region attacks
  @TenantTest(
      groups = {
        Group.IDENTITY,
        Group.GRAMMAR,
        Group.CONTEXT,
        Group.STATE,
        Group.DYNAMODB,
        Group.SDK
      })
  void no_way_to_another_tenants_notes_is_known(TenantAttack attack, Functions functions) {
    attack.against(
        functions,
        NotesHandler.class,
        secret -> Events.apiGatewayV2("PUT", "/notes/n-1").route("/notes/{noteId}").body(secret));
  }
  // endregion
}
