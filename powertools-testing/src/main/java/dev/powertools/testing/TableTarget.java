// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.resource.DeclaredIndex;
import dev.powertools.tenancy.resource.DeclaredTable;
import dev.powertools.tenancy.resource.ResourceName;
import dev.powertools.tenancy.source.KeyFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table as a handler declares it, and what items of tenants look like in it. */
record TableTarget(DeclaredTable table) {

  static final String REST = "attack";

  String name(TenantId whose) {
    return name(table.name(), whose, "dynamodb", "table/");
  }

  /** The name, or the ARN if it is declared by that. */
  static String name(ResourceName declared, TenantId whose, String service, String kind) {
    KeyFormat silo = declared.perTenant();
    String name = silo == null ? declared.name() : silo.of(whose);
    return declared.account() == null
        ? name
        : "arn:aws:"
            + service
            + ":"
            + declared.region()
            + ":"
            + declared.account()
            + ":"
            + kind
            + name;
  }

  String pk() {
    return table.pk();
  }

  String value(TenantId whose) {
    return value(table.format(), whose);
  }

  static String value(@Nullable KeyFormat format, TenantId whose) {
    return format == null ? REST : format.of(whose) + (format.open() ? REST : "");
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  AttributeValue pk(TenantId whose) {
    return text(value(whose));
  }

  Map<String, AttributeValue> key(TenantId whose) {
    return Map.of(pk(), pk(whose));
  }

  /** An item with all that says whose it is. */
  Map<String, AttributeValue> item(TenantId whose) {
    Map<String, AttributeValue> item = new HashMap<>(key(whose));
    table.tenantAttributes().forEach((name, format) -> item.put(name, text(value(format, whose))));
    return item;
  }

  /** The indexes whose keys say whose an item is. */
  List<DeclaredIndex> indexes() {
    return table.indexes().stream()
        .filter(index -> index.format() != null && !index.global())
        .toList();
  }

  /** Whether its items say whose they are. */
  boolean isPool() {
    return table.format() != null;
  }
}
