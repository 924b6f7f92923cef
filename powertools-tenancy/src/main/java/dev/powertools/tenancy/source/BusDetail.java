// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.spi.TenantResolver;
import java.util.List;
import java.util.Optional;

/**
 * A value of the detail of an event of EventBridge.
 *
 * @param sources that are ours
 * @param accounts that are ours
 * @param pointer to the value
 */
record BusDetail(List<String> sources, List<String> accounts, JsonPointer pointer)
    implements TenantResolver {

  private static final JsonPointer SOURCE = JsonPointer.of("/source");
  private static final JsonPointer ACCOUNT = JsonPointer.of("/account");

  BusDetail {
    if (sources.isEmpty() || accounts.isEmpty()) {
      throw new ConfigurationException(
          "name the sources and the accounts that are yours: anybody may put events on a bus.");
    }
    for (String source : sources) {
      if (source.isBlank() || source.startsWith("aws.partner")) {
        throw new ConfigurationException(
            "\"" + source + "\" is no source of ours, so its details are not to be trusted.");
      }
    }
  }

  @Override
  public Optional<String> resolve(FunctionInvocation work) {
    Exact.requireNoRecord(work);
    EventView event = work.event();
    boolean ours =
        Exact.text(event, SOURCE).filter(sources::contains).isPresent()
            && Exact.text(event, ACCOUNT).filter(accounts::contains).isPresent();
    return ours ? Exact.text(event, pointer) : Optional.empty();
  }
}
