// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.notes;

import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.aws.TenantClients;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The table of all tenants' notes, of which callers reach those of the tenant in force. */
final class Notes {

  /** The name of the table. */
  static final String TABLE = "notes";

  /** A note, and how many words it has once they are counted. */
  record Note(String text, Optional<Integer> words) {}

  // region clients
  private final TenantClients<DynamoDbClient> tables =
      TenantClients.of(NotesIsolation.class, DynamoDbClient::builder);

  /** A note of the tenant in force. */
  Optional<Note> find(String id) {
    Map<String, AttributeValue> item =
        tables.current().getItem(get -> get.tableName(TABLE).key(key(id))).item();
    return item.isEmpty() ? Optional.empty() : Optional.of(note(item));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("tenant", text(Tenants.current().id().value()), "id", text(id));
  }

  // endregion

  /** Keeps a note of the tenant in force. */
  void put(String id, String note) {
    tables
        .current()
        .updateItem(
            update ->
                update
                    .tableName(TABLE)
                    .key(key(id))
                    .updateExpression("SET body = :body REMOVE words")
                    .expressionAttributeValues(Map.of(":body", text(note))));
  }

  /** Says how many words a note of the tenant in force has, if it has not changed since. */
  void count(String id, Note note, int words) {
    try {
      tables
          .current()
          .updateItem(
              update ->
                  update
                      .tableName(TABLE)
                      .key(key(id))
                      .updateExpression("SET words = :words")
                      .conditionExpression("body = :body")
                      .expressionAttributeValues(
                          Map.of(
                              ":words", AttributeValue.fromN(Integer.toString(words)),
                              ":body", text(note.text()))));
    } catch (ConditionalCheckFailedException e) {
      return; // it has changed since, and has a job of its own
    }
  }

  private static Note note(Map<String, AttributeValue> item) {
    return new Note(
        item.getOrDefault("body", text("")).s(),
        Optional.ofNullable(item.get("words")).map(AttributeValue::n).map(Integer::valueOf));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
