// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.WorkContext;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.spi.TenantResolver;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose the queue, stream or topic is.
 *
 * @param tenants by ARN
 */
record OwnedSource(Map<String, String> tenants) implements TenantResolver {

  private static final JsonPointer OF_EVENT = JsonPointer.of("/eventSourceArn");
  private static final JsonPointer OF_RECORD = JsonPointer.of("/eventSourceARN");
  private static final JsonPointer OF_TOPIC = JsonPointer.of("/Sns/TopicArn");

  @Override
  public Optional<String> resolve(FunctionInvocation work) {
    WorkContext record = work.workContext().orElse(null);
    if (record != null) {
      return Optional.ofNullable(tenants.get(record.source()));
    }
    Optional<String> ofEvent = Exact.text(work.event(), OF_EVENT);
    return ofEvent.isPresent()
        ? ofEvent.map(tenants::get)
        : OneOf.records(work, each -> tenants.get(String.valueOf(arn(each))));
  }

  private static @Nullable String arn(EventView record) {
    return Exact.text(record, OF_RECORD).or(() -> Exact.text(record, OF_TOPIC)).orElse(null);
  }
}
