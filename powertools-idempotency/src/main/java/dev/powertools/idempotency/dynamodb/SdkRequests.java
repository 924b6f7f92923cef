// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import dev.powertools.idempotency.dynamodb.Value.Bytes;
import dev.powertools.idempotency.dynamodb.Value.Other;
import dev.powertools.idempotency.dynamodb.Value.Text;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Our values as the SDK's, and back. */
final class SdkRequests {

  private SdkRequests() {}

  static Map<String, AttributeValue> toSdk(Map<String, Value> values) {
    Map<String, AttributeValue> map = new HashMap<>();
    values.forEach((name, value) -> map.put(name, toSdk(value)));
    return map;
  }

  private static AttributeValue toSdk(Value value) {
    if (value instanceof Text text) {
      return AttributeValue.fromS(text.text());
    }
    if (value instanceof Value.Digits number) {
      return AttributeValue.fromN(number.digits());
    }
    if (value instanceof Bytes bytes) {
      return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes.bytes()));
    }
    throw new IllegalArgumentException("never written: " + value);
  }

  static Map<String, Value> fromSdk(Map<String, AttributeValue> values) {
    Map<String, Value> map = new HashMap<>();
    values.forEach((name, value) -> map.put(name, fromSdk(value)));
    return map;
  }

  private static Value fromSdk(AttributeValue value) {
    return switch (value.type()) {
      case S -> new Text(value.s());
      case N -> new Value.Digits(value.n());
      case B -> new Bytes(value.b().asByteArrayUnsafe());
      default -> new Other(value.type().name());
    };
  }

  /** A completion as a part of a transaction. */
  static TransactWriteItem transacted(String table, Map<String, Value> key, Layout.Update update) {
    Transport.Expressions expressions = update.expressions();
    return TransactWriteItem.builder()
        .update(
            u ->
                u.tableName(table)
                    .key(toSdk(key))
                    .updateExpression(update.update())
                    .conditionExpression(expressions.condition())
                    .expressionAttributeNames(expressions.names())
                    .expressionAttributeValues(toSdk(expressions.values()))
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }
}
