// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes events as AWS sends them, byte by byte: {@code Events.sqs().body(order).receiveCount(3)}.
 *
 * <p>Whatever is not said has a value that is plausible and the same in each run: events happen at
 * the first moment of 2026 in account 123456789012 and region us-east-1, and ids follow from what
 * they identify. What AWS would not send is refused, with an {@link IllegalArgumentException} that
 * names the option, its value and what AWS allows.
 *
 * <p>Thread-safe, as are the events.
 */
public final class Events {

  private Events() {}

  /** A batch of SQS messages, empty still. */
  public static SqsEvent sqs() {
    return new SqsEvent(Settings.NONE);
  }

  /** An HTTP request by an HTTP API of API Gateway; short for {@link #apiGatewayV2}. */
  public static HttpEvent http(String method, String path) {
    return apiGatewayV2(method, path);
  }

  /**
   * An HTTP request by a REST API of API Gateway (payload format 1.0).
   *
   * @param path the path, perhaps with a query behind
   */
  public static HttpEvent apiGatewayV1(String method, String path) {
    return HttpEvent.of(HttpFormat.REST_API, method, path);
  }

  /**
   * An HTTP request by an HTTP API of API Gateway (payload format 2.0).
   *
   * @param path the path, perhaps with a query behind
   */
  public static HttpEvent apiGatewayV2(String method, String path) {
    return HttpEvent.of(HttpFormat.HTTP_API, method, path);
  }

  /**
   * An HTTP request by a function URL.
   *
   * @param path the path, perhaps with a query behind
   */
  public static HttpEvent functionUrl(String method, String path) {
    return HttpEvent.of(HttpFormat.FUNCTION_URL, method, path);
  }

  /**
   * An HTTP request by an application load balancer.
   *
   * @param path the path, perhaps with a query behind
   */
  public static HttpEvent alb(String method, String path) {
    return HttpEvent.of(HttpFormat.LOAD_BALANCER, method, path);
  }

  /** An event of EventBridge. */
  public static EventBridgeEvent eventBridge() {
    return new EventBridgeEvent(Settings.NONE);
  }

  /** What a schedule of EventBridge sends. */
  public static EventBridgeEvent schedule() {
    return eventBridge().source("aws.events").detailType("Scheduled Event");
  }

  /** A batch of records of a Kinesis data stream, empty still. */
  public static KinesisEvent kinesis() {
    return new KinesisEvent(Settings.NONE);
  }

  /** A batch of changes of a DynamoDB table, empty still. */
  public static DynamoDbStreamEvent dynamoDbStream() {
    return new DynamoDbStreamEvent(Settings.NONE);
  }

  /** Messages of an SNS topic, none still. */
  public static SnsEvent sns() {
    return new SnsEvent(Settings.NONE);
  }

  /** Changed objects of S3, none still. */
  public static S3Event s3() {
    return new S3Event(Settings.NONE);
  }

  /** A batch of Kafka records, empty still. */
  public static KafkaEvent kafka() {
    return new KafkaEvent(Settings.NONE);
  }

  /** Lines of a log group, none still. */
  public static CloudWatchLogsEvent cloudWatchLogs() {
    return new CloudWatchLogsEvent(Settings.NONE);
  }

  /** Somebody wants to sign up at a Cognito user pool. */
  public static CognitoEvent cognitoPreSignUp() {
    return new CognitoEvent(CognitoTrigger.PRE_SIGN_UP, Settings.NONE);
  }

  /** Somebody confirmed to be a user of a Cognito user pool. */
  public static CognitoEvent cognitoPostConfirmation() {
    return new CognitoEvent(CognitoTrigger.POST_CONFIRMATION, Settings.NONE);
  }

  /** A user of a Cognito user pool is about to be authenticated. */
  public static CognitoEvent cognitoPreAuthentication() {
    return new CognitoEvent(CognitoTrigger.PRE_AUTHENTICATION, Settings.NONE);
  }

  /** A user of a Cognito user pool was authenticated. */
  public static CognitoEvent cognitoPostAuthentication() {
    return new CognitoEvent(CognitoTrigger.POST_AUTHENTICATION, Settings.NONE);
  }

  /** A Cognito user pool is about to issue an identity token (version 1 of the trigger). */
  public static CognitoEvent cognitoPreTokenGeneration() {
    return new CognitoEvent(CognitoTrigger.PRE_TOKEN_GENERATION, Settings.NONE);
  }

  /** A Cognito user pool is about to issue tokens (version 2 of the trigger). */
  public static CognitoEvent cognitoPreTokenGenerationV2() {
    return new CognitoEvent(CognitoTrigger.PRE_TOKEN_GENERATION_V2, Settings.NONE);
  }

  /**
   * Any value as its JSON: records, maps, lists, text and numbers as the toolkit writes them,
   * events of {@code aws-lambda-java-events} and beans as the platform's client does. A text
   * becomes a JSON string; JSON that is text already is {@link #json}.
   */
  public static Event of(@Nullable Object value) {
    return value instanceof Event event ? event : new JsonEvent(Payload.json(value));
  }

  /**
   * What a state machine of Step Functions hands on as input: any value as its JSON, without an
   * envelope.
   */
  public static Event stepFunctions(@Nullable Object input) {
    return of(input);
  }

  /**
   * JSON text, byte by byte.
   *
   * @throws IllegalArgumentException if it is not JSON, naming line and column
   */
  public static Event json(String text) {
    return Fixture.checked("The event", text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The JSON of a file, byte by byte.
   *
   * @throws IllegalArgumentException if there is none, or it is not JSON, naming file, line and
   *     column
   */
  public static Event file(Path file) {
    return Fixture.file(file);
  }

  /**
   * The JSON of a resource, byte by byte.
   *
   * @param name as of {@link Class#getResource} of the calling class: {@code /events/x.json} from
   *     the root, {@code x.json} beside the class
   * @throws IllegalArgumentException if there is none, or it is not JSON, naming resource, line and
   *     column
   */
  public static Event resource(String name) {
    return Fixture.resource(
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass(), name);
  }
}
