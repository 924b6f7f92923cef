// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import dev.powertools.tenancy.source.KeyFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link TenantTable} says. Stateless. */
final class TableReader {

  private static final String EXPECTED = "what the attribute's values look like: TENANT#{tenant}#*";

  private TableReader() {}

  static DeclaredTable read(TenantTable table, Place place) {
    ResourceName name = place.name("name", table.name(), "dynamodb");
    String pk = place.filled("pk", table.pk());
    KeyFormat format = format(place, "format", table.format(), name.isSilo());
    Map<String, KeyFormat> attributes = new LinkedHashMap<>();
    add(attributes, pk, format, place);
    List<DeclaredIndex> indexes = new ArrayList<>();
    for (TenantIndex each : table.indexes()) {
      DeclaredIndex index = read(each, new DeclaredIndex("", pk, format, false), name, place);
      if (indexes.stream().anyMatch(other -> other.name().equals(index.name()))) {
        throw place.wrong("indexes", "there are two of the name " + index.name());
      }
      indexes.add(index);
      add(attributes, index.pk(), index.format(), place);
    }
    return new DeclaredTable(name, pk, format, List.copyOf(indexes), Map.copyOf(attributes));
  }

  /** An index; what it leaves out is the table's. */
  private static DeclaredIndex read(
      TenantIndex index, DeclaredIndex table, ResourceName of, Place place) {
    String name = place.filled("indexes", index.name());
    if (index.global()) {
      if (!index.format().isEmpty()) {
        throw place.wrong(
            "indexes",
            "the index " + name + " has a format, and is global. Leave out one of the two");
      }
      return new DeclaredIndex(name, index.pk(), null, true);
    }
    if (index.pk().isEmpty() || index.pk().equals(table.pk())) {
      if (!index.format().isEmpty() && !index.format().equals(String.valueOf(table.format()))) {
        throw place.wrong(
            "indexes",
            "the index "
                + name
                + " has the table's partition key and another format. Leave it out");
      }
      return new DeclaredIndex(name, table.pk(), table.format(), false);
    }
    KeyFormat format = format(place, "indexes", index.format(), of.isSilo());
    return new DeclaredIndex(name, index.pk(), format, false);
  }

  private static @Nullable KeyFormat format(
      Place place, String attribute, String value, boolean optional) {
    String text = place.text(attribute, value);
    if (!text.isEmpty()) {
      return place.format(attribute, text);
    }
    if (optional) {
      return null;
    }
    throw place.wrong(
        attribute,
        attribute.equals("indexes")
            ? "an index needs pk and format, "
                + EXPECTED
                + "; or global = true, if no tenant is to"
                + " query it"
            : "it is empty; write " + EXPECTED);
  }

  private static void add(
      Map<String, KeyFormat> all, String attribute, @Nullable KeyFormat format, Place place) {
    if (format != null) {
      KeyFormat present = all.putIfAbsent(attribute, format);
      if (present != null && !present.equals(format)) {
        throw place.wrong(
            "indexes", "the attribute " + attribute + " has two formats; an item has one value");
      }
    }
  }
}
