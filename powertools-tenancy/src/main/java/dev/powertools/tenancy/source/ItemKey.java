// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.WorkContext;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.TenantDeniedException;
import dev.powertools.tenancy.spi.TenantResolver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of the key of an item that changed.
 *
 * @param table the name of the table
 * @param ofEvent where the key's text is in the record of an event
 * @param ofChange where it is in what a batch makes of one
 * @param format what keys look like
 */
record ItemKey(String table, JsonPointer ofEvent, JsonPointer ofChange, KeyFormat format)
    implements TenantResolver {

  private static final JsonPointer SOURCE = JsonPointer.of("/eventSourceARN");

  static ItemKey of(String table, String key, String format) {
    String name = key.replace("~", "~0").replace("/", "~1");
    return new ItemKey(
        table,
        JsonPointer.of("/dynamodb/Keys/" + name + "/S"),
        JsonPointer.of("/keys/" + name),
        KeyFormat.of(format));
  }

  @Override
  public Optional<String> resolve(FunctionInvocation work) {
    WorkContext record = work.workContext().orElse(null);
    if (record != null) {
      return Optional.ofNullable(tenant(record.source(), work.event(), ofChange));
    }
    return OneOf.records(work, each -> tenant(Exact.text(each, SOURCE).orElse(""), each, ofEvent));
  }

  private @Nullable String tenant(String streamArn, EventView change, JsonPointer value) {
    if (!isOfTable(streamArn)) {
      return null;
    }
    String key = Exact.text(change, value).orElse(null);
    String tenant = key == null ? null : format.tenant(key);
    if (tenant == null) {
      throw new TenantDeniedException(
          "key", "The key of the changed item does not look like " + format + ".", null);
    }
    return tenant;
  }

  /** {@code arn:aws:dynamodb:region:account:table/name/stream/…}. */
  private boolean isOfTable(String streamArn) {
    String[] parts = streamArn.split(":", 6);
    return parts.length == 6
        && parts[2].equals("dynamodb")
        && parts[5].startsWith("table/" + table + "/stream/");
  }
}
