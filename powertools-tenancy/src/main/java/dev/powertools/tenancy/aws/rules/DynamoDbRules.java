// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.aws.rules.Members.Part;
import dev.powertools.tenancy.resource.DeclaredTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What a tenant's clients may ask of DynamoDB: items whose partition key is the tenant's, by each
 * operation that names it. What has no line here (Scan but of shared tables, PartiQL, all of the
 * control plane, streams) is denied.
 */
final class DynamoDbRules implements ServiceRules {

  /** Operations begin with a capital, parts of requests do not. */
  private static final String REQUESTS =
      """
      GetItem: table=TableName key=Key
        | AttributesToGet ConsistentRead ExpressionAttributeNames ProjectionExpression
          ReturnConsumedCapacity
      PutItem: table=TableName item=Item
        | ConditionExpression ConditionalOperator Expected ExpressionAttributeNames
          ExpressionAttributeValues ReturnConsumedCapacity ReturnItemCollectionMetrics
          ReturnValues ReturnValuesOnConditionCheckFailure
      DeleteItem: table=TableName key=Key
        | ConditionExpression ConditionalOperator Expected ExpressionAttributeNames
          ExpressionAttributeValues ReturnConsumedCapacity ReturnItemCollectionMetrics
          ReturnValues ReturnValuesOnConditionCheckFailure
      UpdateItem: table=TableName key=Key update=UpdateExpression updates=AttributeUpdates
          names=ExpressionAttributeNames values=ExpressionAttributeValues
        | ConditionExpression ConditionalOperator Expected ReturnConsumedCapacity
          ReturnItemCollectionMetrics ReturnValues ReturnValuesOnConditionCheckFailure
      Query: table=TableName index=IndexName condition=KeyConditionExpression
          conditions=KeyConditions page_key=ExclusiveStartKey
          names=ExpressionAttributeNames values=ExpressionAttributeValues
        | AttributesToGet ConditionalOperator ConsistentRead FilterExpression Limit
          ProjectionExpression QueryFilter ReturnConsumedCapacity ScanIndexForward Select
      Scan: shared_table=TableName
        | AttributesToGet ConditionalOperator ConsistentRead ExclusiveStartKey
          ExpressionAttributeNames ExpressionAttributeValues FilterExpression IndexName Limit
          ProjectionExpression ReturnConsumedCapacity ScanFilter Segment Select TotalSegments

      BatchGetItem: by_table=RequestItems>keys-and-attributes | ReturnConsumedCapacity
      keys-and-attributes: keys=Keys
        | AttributesToGet ConsistentRead ExpressionAttributeNames ProjectionExpression

      BatchWriteItem: by_table=RequestItems>write-request
        | ReturnConsumedCapacity ReturnItemCollectionMetrics
      write-request: part=PutRequest>put-request part=DeleteRequest>delete-request
      put-request: item=Item
      delete-request: key=Key

      TransactGetItems: each=TransactItems>transact-get-item | ReturnConsumedCapacity
      transact-get-item: part=Get>get
      get: table=TableName key=Key | ExpressionAttributeNames ProjectionExpression

      TransactWriteItems: each=TransactItems>transact-write-item
        | ClientRequestToken ReturnConsumedCapacity ReturnItemCollectionMetrics
      transact-write-item: part=ConditionCheck>condition-check part=Put>put part=Delete>delete
          part=Update>update
      condition-check: table=TableName key=Key
        | ConditionExpression ExpressionAttributeNames ExpressionAttributeValues
          ReturnValuesOnConditionCheckFailure
      put: table=TableName item=Item
        | ConditionExpression ExpressionAttributeNames ExpressionAttributeValues
          ReturnValuesOnConditionCheckFailure
      delete: table=TableName key=Key
        | ConditionExpression ExpressionAttributeNames ExpressionAttributeValues
          ReturnValuesOnConditionCheckFailure
      update: table=TableName key=Key update=UpdateExpression
          names=ExpressionAttributeNames values=ExpressionAttributeValues
        | ConditionExpression ReturnValuesOnConditionCheckFailure
      """;

  private static final String TARGET = "DynamoDB_20120810.";

  private final Shapes requests = new Shapes(REQUESTS);
  private final DynamoDbTables tables;
  private final DynamoDbItems items = new DynamoDbItems();
  private final DynamoDbQueries queries = new DynamoDbQueries(items);
  private final DynamoDbUpdates updates = new DynamoDbUpdates(items);
  private final DynamoDbResponses responses;

  DynamoDbRules(DynamoDbTables tables) {
    this.tables = tables;
    this.responses = new DynamoDbResponses(requests, tables, items);
  }

  @Override
  public void check(Asked asked) {
    check(asked.request(requests), null, asked);
  }

  /**
   * Checks a request or a part of one.
   *
   * @param around the table that is named around it
   */
  private void check(Members part, @Nullable DeclaredTable around, Asked asked) {
    if (part.have(Role.SHARED_TABLE)) {
      tables.requireShared(part.text(Role.SHARED_TABLE), asked);
    } else if (part.have(Role.TABLE)) {
      action(part, tables.find(part.text(Role.TABLE), asked).own(), asked);
    } else {
      action(part, around, asked);
    }
    for (Part each : part.parts(Role.PART)) {
      check(asked.members(requests.get(each.shape()), each.value()), around, asked);
    }
    for (Part list : part.parts(Role.EACH)) {
      for (Object each : (List<?>) list.value()) {
        check(asked.members(requests.get(list.shape()), each), around, asked);
      }
    }
    for (Part tablesAndParts : part.parts(Role.BY_TABLE)) {
      checkByTable(requests.get(tablesAndParts.shape()), (Map<?, ?>) tablesAndParts.value(), asked);
    }
  }

  private void checkByTable(Shape shape, Map<?, ?> parts, Asked asked) {
    for (Map.Entry<?, ?> each : parts.entrySet()) {
      DeclaredTable table = tables.find((String) each.getKey(), asked).own();
      List<?> ofTable =
          each.getValue() instanceof List<?> list ? list : Arrays.asList(each.getValue());
      for (Object part : ofTable) {
        check(asked.members(shape, part), table, asked);
      }
    }
  }

  /** What is done with items of a table; nothing is to be checked in what all tenants read. */
  private void action(Members part, @Nullable DeclaredTable table, Asked asked) {
    if (table == null) {
      return;
    }
    if (part.have(Role.KEY)) {
      items.check(part.map(Role.KEY), table, "key", asked);
    }
    for (Object key : part.list(Role.KEYS)) {
      items.check((Map<?, ?>) key, table, "key", asked);
    }
    if (part.have(Role.ITEM)) {
      items.check(part.map(Role.ITEM), table, "item", asked);
    }
    if (part.have(Role.CONDITION)) {
      queries.check(part, table, asked);
    }
    if (part.have(Role.UPDATE)) {
      updates.check(part, table, asked);
    }
  }

  @Override
  public void checkWire(Asked asked, SdkHttpRequest wire) {
    JsonWire.check(asked, wire, TARGET);
  }

  @Override
  public void checkResponse(Asked asked, SdkResponse response) {
    responses.check(asked.request(requests), response, asked);
  }
}
