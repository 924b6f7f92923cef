// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import dev.powertools.idempotency.dynamodb.Transport.TableFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a table with what the options say of it. */
final class TableCheck {

  private TableCheck() {}

  /** What is wrong with a table, each with its remedy; empty if nothing is. */
  static List<String> problems(DynamoDbOptions options, TableFacts table) {
    List<String> problems = new ArrayList<>();
    keys(options, table).ifPresent(problems::add);
    if (!options.expiryAttribute().equals(table.timeToLive())) {
      problems.add(
          (table.timeToLive() == null
                  ? "its items never expire"
                  : "its items expire by the attribute " + table.timeToLive())
              + ", so records are kept for ever. Enable time to live on the attribute "
              + options.expiryAttribute()
              + ".");
    }
    if (!table.state().equals("ACTIVE") && !table.state().equals("UPDATING")) {
      problems.add("its state is " + table.state() + ". Wait until it is ACTIVE.");
    }
    return problems;
  }

  /** What is wrong with its keys. */
  static Optional<String> keys(DynamoDbOptions options, TableFacts table) {
    String wanted = describe(options.keyAttribute(), "S", options.sortKeyAttribute(), "S");
    String found =
        describe(
            table.partitionKey(),
            table.partitionKeyType(),
            Optional.ofNullable(table.sortKey()),
            String.valueOf(table.sortKeyType()));
    return wanted.equals(found)
        ? Optional.empty()
        : Optional.of(
            "it has the "
                + found
                + ", and the store writes the "
                + wanted
                + ". Create a table with these keys, or set keyAttribute and sortKeyAttribute of"
                + " DynamoDbOptions to the table's.");
  }

  private static String describe(
      String partition, String type, Optional<String> sort, String sortType) {
    return "partition key "
        + partition
        + " (type "
        + type
        + ") and "
        + sort.map(name -> "the sort key " + name + " (type " + sortType + ")")
            .orElse("no sort key");
  }
}
