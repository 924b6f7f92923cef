// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.resource.DeclaredTable;
import dev.powertools.tenancy.source.KeyFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** Whose items and keys are. A tenant's attribute is of type S, and of no other. Thread-safe. */
final class DynamoDbItems {

  private final Shape attributeValue = new Shapes("value: text=S").get("value");

  /**
   * Requires that a key or an item is the tenant's: its partition key, and all else in it that an
   * index goes by.
   */
  void check(Map<?, ?> item, DeclaredTable table, String rule, Asked asked) {
    for (Map.Entry<String, KeyFormat> attribute : table.tenantAttributes().entrySet()) {
      String name = attribute.getKey();
      if (item.containsKey(name)) {
        requireOwn(item.get(name), name, attribute.getValue(), rule, asked);
      } else if (name.equals(table.pk())) {
        throw asked.denied(rule, "the partition key " + name + " is missing", null);
      }
    }
  }

  /** Requires that a value is the tenant's. */
  void requireOwn(
      @Nullable Object value, String attribute, KeyFormat format, String rule, Asked asked) {
    String text = text(value);
    if (text == null || !format.isOf(text, asked.tenant())) {
      throw asked.denied(
          rule,
          "the attribute "
              + attribute
              + (text == null ? " is not of type S" : " is not this tenant's")
              + ". Its values look like "
              + format
              + ", with the tenant that the client is bound to",
          text);
    }
  }

  /** The text of a value; null if it is of another type, or of two. */
  @Nullable String text(@Nullable Object value) {
    if (!(value instanceof SdkPojo pojo)) {
      return null;
    }
    Members members = attributeValue.of(pojo);
    return members.unnamed() == null ? members.text(Role.TEXT) : null;
  }
}
