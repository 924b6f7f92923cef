// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.notes;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.logging.Logging;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.source.ConfirmedByPath;
import dev.powertools.tenancy.source.FromJwt;
import dev.powertools.tracing.Tracing;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function behind {@code PUT} and {@code GET /{tenantId}/notes/{noteId}}: keeps notes, and has
 * their words counted.
 */
// region handler
@Logging
@Tracing
@TenantIsolated
@FromJwt(claim = "custom:tenant_id", issuer = "https://issuer.example/pool")
@ConfirmedByPath("tenantId")
public class NotesHandler extends FunctionHandler<NotesHandler.Request, NotesHandler.Response> {
  // endregion

  private static final Logger LOG = LoggerFactory.getLogger(NotesHandler.class);

  /** What is read of the event. */
  public record Request(
      String routeKey, Map<String, String> pathParameters, Optional<String> body) {}

  /** What is answered. */
  public record Response(int statusCode, String body) {}

  private final Notes notes = new Notes();
  private final JobQueue jobs = new JobQueue();

  @Override
  protected Response handle(Request request, Context context) {
    String id = request.pathParameters().getOrDefault("noteId", "");
    return request.routeKey().startsWith("PUT ")
        ? keep(id, request.body().orElse(""), context.getAwsRequestId())
        : show(id);
  }

  private Response keep(String id, String text, String requestId) {
    notes.put(id, text);
    jobs.send(new Job(requestId, id));
    LOG.info("Kept {}", id);
    return new Response(202, text);
  }

  private Response show(String id) {
    return notes
        .find(id)
        .map(
            note ->
                new Response(200, note.text() + note.words().map(n -> " (" + n + ")").orElse("")))
        .orElse(new Response(404, "no such note"));
  }
}
