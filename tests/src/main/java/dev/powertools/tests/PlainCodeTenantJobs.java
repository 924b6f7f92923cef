// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatch;
import dev.powertools.core.Outcome;
import dev.powertools.logging.Logs;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.source.TenantSources;

/** Door 3 for signed messages. */
public class PlainCodeTenantJobs implements RequestHandler<SQSEvent, SQSBatchResponse> {

  private final Tenancy tenancy = Tenancy.of(TenantSources.envelope());
  private final SqsBatch<TenantJobs.Job> batch = SqsBatch.of(TenantJobs.Job.class, this::work);

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return Logs.defaults().call(event, context, () -> batch.handle(event, context));
  }

  private Outcome work(TenantJobs.Job job, RecordContext message) {
    return tenancy.call(
        null,
        null,
        () -> {
          TenantJobs.current().work(job);
          return Outcome.done();
        });
  }
}
