// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.logging.Logging;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.limit.TenantBulkhead;
import dev.powertools.tenancy.limit.TenantRateLimit;
import dev.powertools.tenancy.source.FromEnvelope;

/** Doors 1 and 2 for signed messages: woven, with a limit on a method of its own. */
@Logging
public class WovenTenantJobs extends SqsBatchHandler<TenantJobs.Job> {

  @Override
  @TenantIsolated
  @FromEnvelope
  protected Outcome onRecord(TenantJobs.Job job, RecordContext message) {
    work(job);
    return Outcome.done();
  }

  @TenantRateLimit(permits = 100, per = "1m")
  @TenantBulkhead(max = 4)
  private void work(TenantJobs.Job job) {
    TenantJobs.current().work(job);
  }
}
