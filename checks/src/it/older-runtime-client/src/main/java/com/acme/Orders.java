// SPDX-License-Identifier: Apache-2.0
package com.acme;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import java.time.Duration;

public class Orders extends SqsBatchHandler<String> {

  @Override
  protected Outcome onRecord(String body, RecordContext message) {
    return body.equals("later") ? Outcome.retryAfter(Duration.ofSeconds(1)) : Outcome.done();
  }
}
