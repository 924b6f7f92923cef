// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

/**
 * SQS says no. The code is the one that its query protocol has always had, which clients still get;
 * the type is the exception's name in the JSON protocol.
 */
final class SqsRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "AWS.SimpleQueueService.";

  private final String code;
  private final String type;

  private SqsRefusal(String code, String type, String message) {
    super(message);
    this.code = code;
    this.type = type;
  }

  static SqsRefusal noSuchQueue(String name) {
    return new SqsRefusal(
        PREFIX + "NonExistentQueue",
        "QueueDoesNotExist",
        "The specified queue does not exist: " + name);
  }

  /** One whose code is its type behind a prefix. */
  static SqsRefusal prefixed(String type, String message) {
    return new SqsRefusal(PREFIX + type, type, message);
  }

  /** One whose code is its type. */
  static SqsRefusal plain(String type, String message) {
    return new SqsRefusal(type, type, message);
  }

  static SqsRefusal coded(String code, String type, String message) {
    return new SqsRefusal(code, type, message);
  }

  static SqsRefusal invalid(String message) {
    return new SqsRefusal("InvalidParameterValue", "InvalidParameterValueException", message);
  }

  static SqsRefusal invalid(String parameter, Object value, String reason) {
    return invalid(
        "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
  }

  static SqsRefusal missing(String parameter) {
    return new SqsRefusal(
        "MissingParameter",
        "MissingRequiredParameterException",
        "The request must contain the parameter " + parameter + ".");
  }

  static SqsRefusal noHandle(String handle) {
    return plain(
        "ReceiptHandleIsInvalid",
        "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
  }

  static SqsRefusal expiredHandle(String handle) {
    return invalid("ReceiptHandle", handle, "The receipt handle has expired.");
  }

  String code() {
    return code;
  }

  String type() {
    return type;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
