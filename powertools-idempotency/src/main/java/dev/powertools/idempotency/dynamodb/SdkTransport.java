// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import static dev.powertools.idempotency.dynamodb.SdkRequests.fromSdk;
import static dev.powertools.idempotency.dynamodb.SdkRequests.toSdk;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LibraryCall;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Carries the store's requests by the AWS SDK, which sends them again as it sees fit. */
final class SdkTransport implements Transport {

  private static final ReturnValuesOnConditionCheckFailure SHOW =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;

  private final String table;
  private final Supplier<DynamoDbClient> maker;
  private final boolean own;
  private volatile @Nullable DynamoDbClient client;

  /**
   * A transport that makes its client when it first needs it.
   *
   * @param own whether the client is this transport's, to be closed and made anew
   */
  SdkTransport(String table, Supplier<DynamoDbClient> maker, boolean own) {
    this.table = table;
    this.maker = maker;
    this.own = own;
  }

  /**
   * The client that was given; else the runtime's, if it has one; else one of its own.
   *
   * @throws ConfigurationException if one of its own is needed and the SDK is missing
   */
  static SdkTransport of(
      DynamoDbOptions options, @Nullable DynamoDbClient given, FunctionRuntime runtime) {
    if (given != null) {
      return new SdkTransport(options.table(), () -> given, false);
    }
    if (runtime.givenParts().contains(DynamoDbClient.class)) {
      Supplier<DynamoDbClient> part = () -> runtime.part(DynamoDbClient.class).orElseThrow();
      return new SdkTransport(options.table(), part, false);
    }
    SdkPresence.require(SdkPresence.HTTP, options.table(), SdkTransport.class.getClassLoader());
    return new SdkTransport(options.table(), () -> DynamoDbClients.lean(runtime.config()), true);
  }

  private DynamoDbClient client() {
    DynamoDbClient present = client;
    return present != null ? present : make();
  }

  private synchronized DynamoDbClient make() {
    DynamoDbClient present = client;
    if (present == null) {
      present = maker.get();
      client = present;
    }
    return present;
  }

  /** Forgets a client of its own, with its credentials and connections. */
  synchronized void forgetClient() {
    DynamoDbClient present = client;
    if (own && present != null) {
      client = null;
      present.close();
    }
  }

  @Override
  public Answer put(Map<String, Value> item, Expressions e) {
    return write(
        "PutItem",
        c ->
            c.putItem(
                    r ->
                        r.tableName(table)
                            .item(toSdk(item))
                            .conditionExpression(e.condition())
                            .expressionAttributeNames(e.names())
                            .expressionAttributeValues(toSdk(e.values()))
                            .returnValues(ReturnValue.ALL_OLD)
                            .returnValuesOnConditionCheckFailure(SHOW))
                .attributes());
  }

  @Override
  public Answer update(Map<String, Value> key, String update, Expressions e) {
    return write(
        "UpdateItem",
        c ->
            c.updateItem(
                    r ->
                        r.tableName(table)
                            .key(toSdk(key))
                            .updateExpression(update)
                            .conditionExpression(e.condition())
                            .expressionAttributeNames(e.names())
                            .expressionAttributeValues(toSdk(e.values()))
                            .returnValuesOnConditionCheckFailure(SHOW))
                .attributes());
  }

  @Override
  public Answer delete(Map<String, Value> key, Expressions e) {
    return write(
        "DeleteItem",
        c ->
            c.deleteItem(
                    r ->
                        r.tableName(table)
                            .key(toSdk(key))
                            .conditionExpression(e.condition())
                            .expressionAttributeNames(e.names())
                            .expressionAttributeValues(toSdk(e.values()))
                            .returnValuesOnConditionCheckFailure(SHOW))
                .attributes());
  }

  @Override
  public Optional<Map<String, Value>> get(Map<String, Value> key) {
    return call(
        "GetItem",
        c -> item(c.getItem(r -> r.tableName(table).key(toSdk(key)).consistentRead(true)).item()));
  }

  @Override
  public TableFacts describe() {
    TableDescription described =
        call("DescribeTable", c -> c.describeTable(r -> r.tableName(table)).table());
    TimeToLiveDescription life =
        call(
            "DescribeTimeToLive",
            c -> c.describeTimeToLive(r -> r.tableName(table)).timeToLiveDescription());
    boolean lives =
        life != null
            && (life.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                || life.timeToLiveStatus() == TimeToLiveStatus.ENABLING);
    String sort = key(described, KeyType.RANGE);
    String partition = String.valueOf(key(described, KeyType.HASH));
    return new TableFacts(
        described.tableStatusAsString(),
        partition,
        type(described, partition),
        sort,
        sort == null ? null : type(described, sort),
        lives ? life.attributeName() : null);
  }

  private static @Nullable String key(TableDescription table, KeyType type) {
    return table.keySchema().stream()
        .filter(each -> each.keyType() == type)
        .map(each -> each.attributeName())
        .findFirst()
        .orElse(null);
  }

  private static String type(TableDescription table, String name) {
    return table.attributeDefinitions().stream()
        .filter(each -> each.attributeName().equals(name))
        .map(each -> each.attributeTypeAsString())
        .findFirst()
        .orElse("unknown");
  }

  /** One request. */
  @FunctionalInterface
  private interface Request<T> {
    T by(DynamoDbClient client);
  }

  private Answer write(String operation, Request<Map<String, AttributeValue>> request) {
    return call(
        operation,
        c -> {
          try {
            return new Done(item(request.by(c)));
          } catch (ConditionalCheckFailedException e) {
            return new Failed(item(e.item()));
          }
        });
  }

  private static Optional<Map<String, Value>> item(@Nullable Map<String, AttributeValue> item) {
    return item == null || item.isEmpty() ? Optional.empty() : Optional.of(fromSdk(item));
  }

  private <T> T call(String operation, Request<T> request) {
    DynamoDbClient present = client();
    try {
      return LibraryCall.run(() -> request.by(present));
    } catch (SdkException e) {
      throw SdkFailures.understood(table, present, operation, e);
    }
  }
}
