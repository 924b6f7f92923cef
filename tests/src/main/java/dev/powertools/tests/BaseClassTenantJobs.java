// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.logging.Logging;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.source.FromEnvelope;

/** Door 2 for signed messages: no build plugin. */
@Logging
public class BaseClassTenantJobs extends SqsBatchHandler<TenantJobs.Job> {

  // region receive
  @Override
  @TenantIsolated
  @FromEnvelope
  protected Outcome onRecord(TenantJobs.Job job, RecordContext message) {
    TenantJobs.current().work(job);
    return Outcome.done();
  }
  // endregion
}
