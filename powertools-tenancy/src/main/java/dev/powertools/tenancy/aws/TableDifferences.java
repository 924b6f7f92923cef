// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.tenancy.resource.DeclaredIndex;
import dev.powertools.tenancy.resource.DeclaredTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** How a table differs from its declaration; each difference with what to do. Confined. */
final class TableDifferences {

  private final DeclaredTable declared;
  private final String name;
  private final Set<String> typed = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  TableDifferences(DeclaredTable declared, String name) {
    this.declared = declared;
    this.name = name;
  }

  List<String> of(TableDescription table) {
    key("The table " + name, whole(), table.keySchema(), table);
    Map<String, List<KeySchemaElement>> indexes = new LinkedHashMap<>();
    table.globalSecondaryIndexes().forEach(i -> indexes.put(i.indexName(), i.keySchema()));
    table.localSecondaryIndexes().forEach(i -> indexes.put(i.indexName(), i.keySchema()));
    indexes.forEach((index, keys) -> index(index, keys, table));
    for (DeclaredIndex index : declared.indexes()) {
      if (!indexes.containsKey(index.name())) {
        problems.add(
            "The table "
                + name
                + " has no index "
                + index.name()
                + ". Create it, or take it out of the declaration.");
      }
    }
    return problems;
  }

  private void index(String index, List<KeySchemaElement> keys, TableDescription table) {
    DeclaredIndex known = declared.index(index);
    String what = "The index " + index + " of the table " + name;
    if (known == null) {
      problems.add(
          what
              + " is not declared, so what is written to its partition key "
              + hashes(keys)
              + " goes unchecked. Add @TenantIndex(name = \""
              + index
              + "\", …) with pk and format, or with global = true.");
    } else if (!known.global()) {
      key(what, known, keys, table);
    } else if (!known.pk().isEmpty() && !hashes(keys).contains(known.pk())) {
      problems.add(other(what, known.pk(), hashes(keys)));
    }
  }

  /** The table itself, as if it were an index. */
  private DeclaredIndex whole() {
    return new DeclaredIndex(declared.name().name(), declared.pk(), declared.format(), false);
  }

  private void key(
      String what, DeclaredIndex known, List<KeySchemaElement> keys, TableDescription table) {
    String pk = known.pk();
    List<String> hashes = hashes(keys);
    if (!hashes.equals(List.of(pk))) {
      problems.add(other(what, pk, hashes));
    } else if (known.format() != null
        && typed.add(pk)
        && type(pk, table) != ScalarAttributeType.S) {
      problems.add(
          what
              + " has a partition key "
              + pk
              + " of type "
              + type(pk, table)
              + ". Whose an item is, a key of type S says: make the table anew with one.");
    }
  }

  private static String other(String what, String pk, List<String> hashes) {
    return hashes.size() == 1
        ? what
            + " has the partition key "
            + hashes.get(0)
            + ", and is declared with "
            + pk
            + ". Correct its pk and format."
        : what
            + " has the partition keys "
            + String.join(", ", hashes)
            + ", of which the guard checks one. Declare it with global = true.";
  }

  private static List<String> hashes(List<KeySchemaElement> keys) {
    return keys.stream()
        .filter(key -> key.keyType() == KeyType.HASH)
        .map(KeySchemaElement::attributeName)
        .toList();
  }

  private static ScalarAttributeType type(String attribute, TableDescription table) {
    return table.attributeDefinitions().stream()
        .filter(each -> each.attributeName().equals(attribute))
        .map(AttributeDefinition::attributeType)
        .findFirst()
        .orElse(ScalarAttributeType.UNKNOWN_TO_SDK_VERSION);
  }
}
