// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.util.regex.Pattern;

/**
 * An error that a service answers with, before it takes the form of the service's protocol.
 *
 * @param status the HTTP status
 * @param code the error's name, such as {@code ValidationException}
 * @param message the text
 */
record ErrorAnswer(int status, String code, String message) {

  private static final Pattern DATA_OF_DYNAMODB =
      Pattern.compile("(Get|Put|Update|Delete)Item|Query|Scan|(Batch|Transact|Execute)\\w+");

  /** Checks that it is one. */
  ErrorAnswer {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(
          "An error has a status from 400 to 599, and this one " + status + "; use answer(…)");
    }
    if (code.isBlank()) {
      throw new IllegalArgumentException("An error needs a code, such as ValidationException");
    }
  }

  /** Whose fault it is, in the words of the query protocol. */
  String fault() {
    return status < 500 ? "Sender" : "Receiver";
  }

  /** The service's own failure: the name that its protocol has for the status. */
  static ErrorAnswer ofService(AwsRequest request, int status) {
    String unavailable = status == 503 ? "ServiceUnavailable" : "InternalServerError";
    boolean xml = Protocol.of(request) == Protocol.REST_XML;
    String code = xml && status == 500 ? "InternalError" : unavailable;
    return new ErrorAnswer(status, code, "We encountered an internal error. Please try again.");
  }

  /** Too many requests, as the service says it. */
  static ErrorAnswer throttle(AwsRequest request) {
    return switch (request.service()) {
      case "dynamodb" -> throttleOfDynamoDb(request.operation());
      case "kinesis" ->
          new ErrorAnswer(400, "ProvisionedThroughputExceededException", "Rate exceeded for shard");
      case "sqs" -> new ErrorAnswer(400, "RequestThrottled", "Rate exceeded");
      case "s3" -> new ErrorAnswer(503, "SlowDown", "Please reduce your request rate.");
      case "lambda" -> new ErrorAnswer(429, "TooManyRequestsException", "Rate Exceeded.");
      default -> throttleOf(Protocol.of(request));
    };
  }

  private static ErrorAnswer throttleOfDynamoDb(String operation) {
    return DATA_OF_DYNAMODB.matcher(operation).matches()
        ? new ErrorAnswer(
            400,
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded.")
        : new ErrorAnswer(400, "ThrottlingException", "Rate exceeded");
  }

  private static ErrorAnswer throttleOf(Protocol protocol) {
    return protocol == Protocol.QUERY
        ? new ErrorAnswer(400, "Throttling", "Rate exceeded")
        : new ErrorAnswer(
            protocol == Protocol.JSON ? 400 : 429, "ThrottlingException", "Rate exceeded");
  }

  /** Credentials that have expired. */
  static ErrorAnswer expiredCredentials(AwsRequest request) {
    String message = "The security token included in the request is expired";
    return switch (Protocol.of(request)) {
      case JSON -> new ErrorAnswer(400, "ExpiredTokenException", message);
      case REST_JSON -> new ErrorAnswer(403, "ExpiredTokenException", message);
      case QUERY -> new ErrorAnswer(403, "ExpiredToken", message);
      case REST_XML -> new ErrorAnswer(400, "ExpiredToken", "The provided token has expired.");
    };
  }

  /** Credentials that do not allow the operation. */
  static ErrorAnswer accessDenied(AwsRequest request) {
    String action = request.service() + ":" + request.operation();
    String message =
        "User: arn:aws:sts::123456789012:assumed-role/function/test is not authorized to perform: "
            + action
            + " because no identity-based policy allows the "
            + action
            + " action";
    return switch (Protocol.of(request)) {
      case JSON -> new ErrorAnswer(400, "AccessDeniedException", message);
      case REST_JSON -> new ErrorAnswer(403, "AccessDeniedException", message);
      case QUERY, REST_XML -> new ErrorAnswer(403, "AccessDenied", message);
    };
  }
}
