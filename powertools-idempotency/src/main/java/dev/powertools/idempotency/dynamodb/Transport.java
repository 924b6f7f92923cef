// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the store needs of DynamoDB: three conditional writes and a read of one item, in plain
 * values. Who carries it out may send a request again whose answer did not come. Thread-safe.
 *
 * <p>Every call throws a {@link DynamoDbStoreException} that says what is wrong.
 */
interface Transport {

  /** {@code PutItem}; the answer shows what was there before. */
  Answer put(Map<String, Value> item, Expressions expressions);

  /** {@code UpdateItem}. */
  Answer update(Map<String, Value> key, String update, Expressions expressions);

  /** {@code DeleteItem}. */
  Answer delete(Map<String, Value> key, Expressions expressions);

  /** {@code GetItem}, strongly consistent. */
  Optional<Map<String, Value>> get(Map<String, Value> key);

  /** {@code DescribeTable} and {@code DescribeTimeToLive}, for the check and for diagnoses. */
  TableFacts describe();

  /**
   * A condition, and what its placeholders stand for.
   *
   * @param condition the expression
   * @param names by placeholders such as {@code #id}
   * @param values by placeholders such as {@code :now}
   */
  record Expressions(String condition, Map<String, String> names, Map<String, Value> values) {}

  /** What came of a conditional write. */
  sealed interface Answer {}

  /**
   * The condition held.
   *
   * @param before the item that was replaced; empty if there was none, or it was not asked for
   */
  record Done(Optional<Map<String, Value>> before) implements Answer {}

  /**
   * The condition did not hold.
   *
   * @param existing the item that is there; empty if there is none, or the answer does not show it
   */
  record Failed(Optional<Map<String, Value>> existing) implements Answer {}

  /**
   * What a table is like.
   *
   * @param state such as {@code ACTIVE}
   * @param partitionKey its name
   * @param partitionKeyType {@code S}, {@code N} or {@code B}
   * @param sortKey its name, if there is one
   * @param sortKeyType its type
   * @param timeToLive the attribute by which items expire; null if they don't
   */
  record TableFacts(
      String state,
      String partitionKey,
      String partitionKeyType,
      @Nullable String sortKey,
      @Nullable String sortKeyType,
      @Nullable String timeToLive) {}
}
