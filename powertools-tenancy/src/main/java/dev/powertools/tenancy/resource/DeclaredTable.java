// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import dev.powertools.tenancy.source.KeyFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A declared table. Immutable.
 *
 * @param name the name
 * @param pk the attribute that is its partition key
 * @param format what its values look like; null if all in it is one tenant's
 * @param indexes its indexes that were declared
 * @param tenantAttributes all attributes that say whose an item is: its own key's and indexes'
 */
public record DeclaredTable(
    ResourceName name,
    String pk,
    @Nullable KeyFormat format,
    List<DeclaredIndex> indexes,
    Map<String, KeyFormat> tenantAttributes) {

  /** An index; null if it was not declared. */
  public @Nullable DeclaredIndex index(String asked) {
    for (DeclaredIndex index : indexes) {
      if (index.name().equals(asked)) {
        return index;
      }
    }
    return null;
  }
}
