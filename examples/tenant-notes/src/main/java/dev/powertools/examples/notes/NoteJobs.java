// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.notes;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.examples.notes.Notes.Note;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.source.FromEnvelope;
import dev.powertools.tracing.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The function behind the queue: counts the words of notes, each job for its own tenant. */
@Logging
@Tracing
@PowertoolsConfig(NotesRuntime.class)
public class NoteJobs extends SqsBatchHandler<Job> {

  private static final Logger LOG = LoggerFactory.getLogger(NoteJobs.class);

  private final Notes notes = new Notes();

  // region job
  @Override
  @TenantIsolated
  @FromEnvelope
  @Idempotent(name = "count", key = "/id")
  protected Outcome onRecord(Job job, RecordContext message) {
    LOG.info("Counts {}", job.noteId());
    notes.find(job.noteId()).ifPresent(note -> notes.count(job.noteId(), note, words(note)));
    return Outcome.done();
  }

  // endregion

  private static int words(Note note) {
    return note.text().strip().split("\\s+").length;
  }
}
