// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamViewType;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3BucketEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3Entity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3ObjectEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.UserIdentityEntity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** One event of each source as the wire has it and as {@code aws-lambda-java-events} has it. */
record EventForms(String source, String wire, Object object, Map<String, String> expected) {
  private static final String BODY = "{\"orderId\":\"o-1\",\"amount\":12.50}";

  @Override
  public String toString() {
    return source;
  }

  static List<EventForms> all() {
    return List.of(
        restApi(),
        httpApi(),
        loadBalancer(),
        sqs(),
        sns(),
        eventBridge(),
        kinesis(),
        cloudWatchLogs(),
        s3(),
        dynamoDb());
  }

  static EventForms restApi() {
    String wire =
        """
        {"resource":"/orders","path":"/orders","httpMethod":"POST",
         "headers":{"X-Correlation-Id":"c-1","Accept":"b"},
         "multiValueHeaders":{"X-Correlation-Id":["c-1"],"Accept":["a","b"]},
         "queryStringParameters":null,"pathParameters":{"id":"7"},
         "requestContext":{"requestId":"r-1","authorizer":{"claims":{"custom:tenant":"t-1"}},
           "identity":{"sourceIp":"1.2.3.4"}},
         "body":%s,"isBase64Encoded":true}
        """
            .formatted(quoted(base64(BODY.getBytes(UTF_8))));
    var context =
        new APIGatewayProxyRequestEvent.ProxyRequestContext()
            .withRequestId("r-1")
            .withIdentity(
                new APIGatewayProxyRequestEvent.RequestIdentity().withSourceIp("1.2.3.4"));
    context.setAuthorizer(Map.of("claims", Map.of("custom:tenant", "t-1")));
    Object object =
        new APIGatewayProxyRequestEvent()
            .withResource("/orders")
            .withPath("/orders")
            .withHttpMethod("POST")
            .withHeaders(Map.of("X-Correlation-Id", "c-1", "Accept", "b"))
            .withMultiValueHeaders(
                Map.of("X-Correlation-Id", List.of("c-1"), "Accept", List.of("a", "b")))
            .withPathParameters(Map.of("id", "7"))
            .withRequestContext(context)
            .withBody(base64(BODY.getBytes(UTF_8)))
            .withIsBase64Encoded(true);
    return new EventForms(
        "API Gateway REST",
        wire,
        object,
        Map.of(
            "/httpMethod", "POST",
            "/headers/x-correlation-id", "c-1",
            "/multiValueHeaders/accept/1", "b",
            "/pathParameters/id", "7",
            "/requestContext/requestId", "r-1",
            "/requestContext/authorizer/claims/custom:tenant", "t-1",
            "/requestContext/identity/sourceIp", "1.2.3.4",
            "/isBase64Encoded", "true",
            "/body/orderId", "o-1",
            "/body/amount", "12.5"));
  }

  static EventForms httpApi() {
    String wire =
        """
        {"version":"2.0","routeKey":"POST /orders","rawPath":"/orders","cookies":["a=1","b=2"],
         "headers":{"x-correlation-id":"c-1","accept":"a,b"},
         "requestContext":{"requestId":"r-2","timeEpoch":1583348638390,
           "http":{"method":"POST","sourceIp":"1.2.3.4"},
           "authorizer":{"jwt":{"claims":{"tenant":"t-1"}}}},
         "body":%s,"isBase64Encoded":false}
        """
            .formatted(quoted(BODY));
    var context =
        APIGatewayV2HTTPEvent.RequestContext.builder()
            .withRequestId("r-2")
            .withTimeEpoch(1583348638390L)
            .withHttp(
                APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                    .withMethod("POST")
                    .withSourceIp("1.2.3.4")
                    .build())
            .withAuthorizer(
                APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                    .withJwt(
                        APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT
                            .builder()
                            .withClaims(Map.of("tenant", "t-1"))
                            .build())
                    .build())
            .build();
    Object object =
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRouteKey("POST /orders")
            .withRawPath("/orders")
            .withCookies(List.of("a=1", "b=2"))
            .withHeaders(Map.of("x-correlation-id", "c-1", "accept", "a,b"))
            .withRequestContext(context)
            .withBody(BODY)
            .withIsBase64Encoded(false)
            .build();
    return new EventForms(
        "API Gateway HTTP",
        wire,
        object,
        Map.of(
            "/version", "2.0",
            "/cookies/1", "b=2",
            "/headers/X-Correlation-ID", "c-1",
            "/requestContext/timeEpoch", "1583348638390",
            "/requestContext/http/method", "POST",
            "/requestContext/authorizer/jwt/claims/tenant", "t-1",
            "/isBase64Encoded", "false",
            "/body", BODY,
            "/body/orderId", "o-1",
            "/body/amount", "12.5"));
  }

  static EventForms loadBalancer() {
    String wire =
        """
        {"requestContext":{"elb":{"targetGroupArn":"arn:tg"}},"httpMethod":"GET","path":"/",
         "multiValueQueryStringParameters":{"q":["1","2"]},
         "multiValueHeaders":{"x-correlation-id":["c-1"],"accept":["a","b"]},
         "body":"","isBase64Encoded":false}
        """;
    var elb = new ApplicationLoadBalancerRequestEvent.Elb();
    elb.setTargetGroupArn("arn:tg");
    var context = new ApplicationLoadBalancerRequestEvent.RequestContext();
    context.setElb(elb);
    var object = new ApplicationLoadBalancerRequestEvent();
    object.setRequestContext(context);
    object.setHttpMethod("GET");
    object.setPath("/");
    object.setMultiValueQueryStringParameters(Map.of("q", List.of("1", "2")));
    object.setMultiValueHeaders(
        Map.of("x-correlation-id", List.of("c-1"), "accept", List.of("a", "b")));
    object.setBody("");
    object.setIsBase64Encoded(false);
    return new EventForms(
        "load balancer",
        wire,
        object,
        Map.of(
            "/requestContext/elb/targetGroupArn", "arn:tg",
            "/multiValueQueryStringParameters/q/1", "2",
            "/multiValueHeaders/X-Correlation-Id/0", "c-1",
            "/body", ""));
  }

  static EventForms sqs() {
    String wire =
        """
        {"Records":[{"messageId":"m-1","receiptHandle":"h","body":%s,
          "attributes":{"ApproximateReceiveCount":"3"},
          "messageAttributes":{"tenant":{"stringValue":"t-1","dataType":"String"}},
          "eventSource":"aws:sqs","eventSourceARN":"arn:q","awsRegion":"eu-west-1"}]}
        """
            .formatted(quoted(BODY));
    var attribute = new SQSEvent.MessageAttribute();
    attribute.setStringValue("t-1");
    attribute.setDataType("String");
    var message = new SQSEvent.SQSMessage();
    message.setMessageId("m-1");
    message.setReceiptHandle("h");
    message.setBody(BODY);
    message.setAttributes(Map.of("ApproximateReceiveCount", "3"));
    message.setMessageAttributes(Map.of("tenant", attribute));
    message.setEventSource("aws:sqs");
    message.setEventSourceArn("arn:q");
    message.setAwsRegion("eu-west-1");
    var object = new SQSEvent();
    object.setRecords(List.of(message));
    return new EventForms(
        "SQS",
        wire,
        object,
        Map.of(
            "/Records/0/messageId", "m-1",
            "/Records/0/eventSourceARN", "arn:q",
            "/Records/0/attributes/ApproximateReceiveCount", "3",
            "/Records/0/messageAttributes/tenant/stringValue", "t-1",
            "/Records/0/body/orderId", "o-1"));
  }

  static EventForms sns() {
    String wire =
        """
        {"Records":[{"EventVersion":"1.0","EventSubscriptionArn":"arn:s","EventSource":"aws:sns",
          "Sns":{"MessageId":"m-1","Type":"Notification","TopicArn":"arn:t","Subject":"s",
            "Message":%s,
            "MessageAttributes":{"tenant":{"Type":"String","Value":"t-1"}}}}]}
        """
            .formatted(quoted(BODY));
    var attribute = new SNSEvent.MessageAttribute();
    attribute.setType("String");
    attribute.setValue("t-1");
    var sns = new SNSEvent.SNS();
    sns.setMessageId("m-1");
    sns.setType("Notification");
    sns.setTopicArn("arn:t");
    sns.setSubject("s");
    sns.setMessage(BODY);
    sns.setMessageAttributes(Map.of("tenant", attribute));
    var notification = new SNSEvent.SNSRecord();
    notification.setEventVersion("1.0");
    notification.setEventSubscriptionArn("arn:s");
    notification.setEventSource("aws:sns");
    notification.setSns(sns);
    var object = new SNSEvent();
    object.setRecords(List.of(notification));
    return new EventForms(
        "SNS",
        wire,
        object,
        Map.of(
            "/Records/0/EventSource", "aws:sns",
            "/Records/0/Sns/MessageId", "m-1",
            "/Records/0/Sns/MessageAttributes/tenant/Value", "t-1",
            "/Records/0/Sns/Message/amount", "12.5"));
  }

  static EventForms eventBridge() {
    String wire =
        """
        {"version":"0","id":"e-1","detail-type":"Order Placed","source":"shop","account":"0123",
         "time":"2026-01-02T03:04:05Z","region":"eu-west-1","resources":["arn:r"],
         "detail":{"orderId":"o-1","lines":[{"sku":"s"}],"amount":12.50}}
        """;
    var object = new ScheduledEvent();
    object.setVersion("0");
    object.setId("e-1");
    object.setDetailType("Order Placed");
    object.setSource("shop");
    object.setAccount("0123");
    object.setRegion("eu-west-1");
    object.setResources(List.of("arn:r"));
    object.setDetail(
        Map.of("orderId", "o-1", "lines", List.of(Map.of("sku", "s")), "amount", 12.50));
    return new EventForms(
        "EventBridge",
        wire,
        object,
        Map.of(
            "/id", "e-1",
            "/detail-type", "Order Placed",
            "/account", "0123",
            "/resources/0", "arn:r",
            "/detail/orderId", "o-1",
            "/detail/lines/0/sku", "s",
            "/detail/amount", "12.5"));
  }

  static EventForms kinesis() {
    String wire =
        """
        {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"p-1",
          "sequenceNumber":"49590338271490256608559692538361571095921575989136588898",
          "data":"%s"},
          "eventSource":"aws:kinesis","eventID":"shardId-0:1","eventSourceARN":"arn:k"}]}
        """
            .formatted(base64(BODY.getBytes(UTF_8)));
    var data = new KinesisEvent.Record();
    data.setKinesisSchemaVersion("1.0");
    data.setPartitionKey("p-1");
    data.setSequenceNumber("49590338271490256608559692538361571095921575989136588898");
    data.setData(ByteBuffer.wrap(BODY.getBytes(UTF_8)));
    var item = new KinesisEvent.KinesisEventRecord();
    item.setKinesis(data);
    item.setEventSource("aws:kinesis");
    item.setEventID("shardId-0:1");
    item.setEventSourceARN("arn:k");
    var object = new KinesisEvent();
    object.setRecords(List.of(item));
    return new EventForms(
        "Kinesis",
        wire,
        object,
        Map.of(
            "/Records/0/eventID", "shardId-0:1",
            "/Records/0/eventSourceARN", "arn:k",
            "/Records/0/kinesis/partitionKey", "p-1",
            "/Records/0/kinesis/sequenceNumber",
                "49590338271490256608559692538361571095921575989136588898",
            "/Records/0/kinesis/data", base64(BODY.getBytes(UTF_8)),
            "/Records/0/kinesis/data/orderId", "o-1"));
  }

  static EventForms cloudWatchLogs() {
    String logs =
        "{\"owner\":\"1\",\"logEvents\":[{\"id\":\"l-1\",\"message\":\"{\\\"a\\\":1}\"}]}";
    String data = base64(gzip(logs.getBytes(UTF_8)));
    var aws = new CloudWatchLogsEvent.AWSLogs();
    aws.setData(data);
    var object = new CloudWatchLogsEvent();
    object.setAwsLogs(aws);
    return new EventForms(
        "CloudWatch Logs",
        "{\"awslogs\":{\"data\":\"" + data + "\"}}",
        object,
        Map.of(
            "/awslogs/data", data,
            "/awslogs/data/owner", "1",
            "/awslogs/data/logEvents/0/id", "l-1",
            "/awslogs/data/logEvents/0/message/a", "1"));
  }

  static EventForms s3() {
    String wire =
        """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1",
          "eventName":"ObjectCreated:Put","userIdentity":{"principalId":"u"},
          "s3":{"s3SchemaVersion":"1.0","configurationId":"c",
            "bucket":{"name":"b-1","ownerIdentity":{"principalId":"o"},"arn":"arn:b"},
            "object":{"key":"k/1","size":1024,"eTag":"e","sequencer":"0A"}}}]}
        """;
    var bucket = new S3BucketEntity("b-1", new UserIdentityEntity("o"), "arn:b");
    var entity =
        new S3Entity("c", bucket, new S3ObjectEntity("k/1", 1024L, "e", null, "0A"), "1.0");
    var item =
        new S3EventNotificationRecord(
            "eu-west-1",
            "ObjectCreated:Put",
            "aws:s3",
            null,
            "2.1",
            null,
            null,
            entity,
            new UserIdentityEntity("u"));
    return new EventForms(
        "S3",
        wire,
        new S3Event(List.of(item)),
        Map.of(
            "/Records/0/eventName", "ObjectCreated:Put",
            "/Records/0/s3/s3SchemaVersion", "1.0",
            "/Records/0/s3/bucket/name", "b-1",
            "/Records/0/s3/bucket/ownerIdentity/principalId", "o",
            "/Records/0/s3/object/key", "k/1",
            "/Records/0/s3/object/size", "1024",
            "/Records/0/s3/object/eTag", "e"));
  }

  static EventForms dynamoDb() {
    String wire =
        """
        {"Records":[{"eventID":"1","eventName":"INSERT","eventSource":"aws:dynamodb",
          "eventSourceARN":"arn:d",
          "dynamodb":{"Keys":{"Id":{"N":"101"}},
            "NewImage":{"Id":{"N":"101"},"name":{"S":"n"},"on":{"BOOL":true},
              "blob":{"B":"AQI="},"list":{"L":[{"S":"x"}]},"map":{"M":{"k":{"S":"v"}}}},
            "SequenceNumber":"111","SizeBytes":26,"StreamViewType":"NEW_AND_OLD_IMAGES"}}]}
        """;
    Map<String, AttributeValue> image =
        Map.of(
            "Id", new AttributeValue().withN("101"),
            "name", new AttributeValue("n"),
            "on", new AttributeValue().withBOOL(true),
            "blob", new AttributeValue().withB(ByteBuffer.wrap(new byte[] {1, 2})),
            "list", new AttributeValue().withL(new AttributeValue("x")),
            "map", new AttributeValue().withM(Map.of("k", new AttributeValue("v"))));
    var stream =
        new StreamRecord()
            .withKeys(Map.of("Id", new AttributeValue().withN("101")))
            .withNewImage(image)
            .withSequenceNumber("111")
            .withSizeBytes(26L)
            .withStreamViewType(StreamViewType.NEW_AND_OLD_IMAGES);
    var item = new DynamodbEvent.DynamodbStreamRecord();
    item.setEventID("1");
    item.setEventName("INSERT");
    item.setEventSource("aws:dynamodb");
    item.setEventSourceARN("arn:d");
    item.setDynamodb(stream);
    var object = new DynamodbEvent();
    object.setRecords(List.of(item));
    return new EventForms(
        "DynamoDB stream",
        wire,
        object,
        Map.of(
            "/Records/0/eventID", "1",
            "/Records/0/dynamodb/Keys/Id/N", "101",
            "/Records/0/dynamodb/NewImage/name/S", "n",
            "/Records/0/dynamodb/NewImage/on/BOOL", "true",
            "/Records/0/dynamodb/NewImage/blob/B", "AQI=",
            "/Records/0/dynamodb/NewImage/list/L/0/S", "x",
            "/Records/0/dynamodb/NewImage/map/M/k/S", "v",
            "/Records/0/dynamodb/SizeBytes", "26"));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
