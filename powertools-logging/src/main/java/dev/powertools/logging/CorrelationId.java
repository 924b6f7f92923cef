// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.FunctionInvocation;
import java.util.Optional;

/**
 * Where the events of AWS services carry an id that ties together what was done on one request's
 * behalf, as JSON Pointers; and the id itself. Sources: the event structures in the AWS Lambda
 * developer guide.
 */
public final class CorrelationId {

  /** REST APIs of API Gateway: the id of the request. */
  public static final String API_GATEWAY_REST = "/requestContext/requestId";

  /** HTTP APIs of API Gateway: the id of the request. */
  public static final String API_GATEWAY_HTTP = "/requestContext/requestId";

  /** Function URLs: the id of the request. */
  public static final String FUNCTION_URL = "/requestContext/requestId";

  /** WebSocket APIs of API Gateway: the id of the connection, which several messages share. */
  public static final String API_GATEWAY_WEBSOCKET = "/requestContext/connectionId";

  /** Application Load Balancers: the trace header, whether headers have one or several values. */
  public static final String ALB = "/headers/x-amzn-trace-id";

  /** AppSync resolvers: the trace header. */
  public static final String APP_SYNC = "/request/headers/x-amzn-trace-id";

  /** EventBridge: the id of the event. */
  public static final String EVENT_BRIDGE = "/id";

  /** SQS: the id of the first message of a batch. */
  public static final String SQS = "/Records/0/messageId";

  /** SNS: the id of the message. */
  public static final String SNS = "/Records/0/Sns/MessageId";

  /** S3: the id of the request that caused the event. */
  public static final String S3 = "/Records/0/responseElements/x-amz-request-id";

  /** Kinesis: the id of the first record of a batch. */
  public static final String KINESIS = "/Records/0/eventID";

  /** Streams of DynamoDB: the id of the first record of a batch. */
  public static final String DYNAMODB_STREAM = "/Records/0/eventID";

  /** On the method of a record, SQS: the message's own id. */
  public static final String SQS_RECORD = "/messageId";

  /** On the method of a record, Kinesis and DynamoDB: the record's own id. */
  public static final String STREAM_RECORD = "/eventID";

  /** The fact that holds the id; whoever sends messages takes it along. */
  public static final AttributeKey<String> KEY =
      AttributeKey.of("correlation_id", String.class).loggable().propagated();

  private CorrelationId() {}

  /** The correlation id of the unit of work of this thread; empty if there is none. */
  public static Optional<String> current() {
    return FunctionInvocation.current().flatMap(function -> function.attributes().get(KEY));
  }
}
