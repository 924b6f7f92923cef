// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.batch.Change;
import dev.powertools.batch.DynamoDbRecordContext;
import dev.powertools.batch.DynamoDbStreamBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.logging.Logging;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.source.FromTableKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes of a table in which the tenant is a part of each key. */
@Logging
public class TableChanges extends DynamoDbStreamBatchHandler<String> {

  private static final Logger LOG = LoggerFactory.getLogger(TableChanges.class);

  @Override
  @TenantIsolated
  @FromTableKey(table = "orders", format = "TENANT#{tenant}#*")
  protected Outcome onRecord(Change<String> change, DynamoDbRecordContext record) {
    LOG.info("change of {}", Tenants.current());
    return Outcome.done();
  }
}
