// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.source.ConfirmedByPayload;
import dev.powertools.tenancy.source.ConfirmedBySender;
import dev.powertools.tenancy.source.FromSourceArn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of queues that are a tenant's each. */
// region handler
@Logging
public class SiloJobs extends SqsBatchHandler<SiloJobs.Job> {

  private static final Logger LOG = LoggerFactory.getLogger(SiloJobs.class);

  /** What is to be done. */
  public record Job(String id) {}

  @Override
  @TenantIsolated
  @FromSourceArn(
      "${TENANT_QUEUES}") // arn:aws:sqs:…:jobs-acme=acme,arn:aws:sqs:…:jobs-globex=globex
  @ConfirmedBySender
  @ConfirmedByPayload("/tenantId")
  @Idempotent(name = "job", key = "/id")
  protected Outcome onRecord(Job job, RecordContext message) {
    LOG.info("job {} of {}", job.id(), Tenants.current());
    return Outcome.done();
  }
}
// endregion
