// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Tells errors of SQS apart. */
final class SqsErrors {

  private static final int FORBIDDEN = 403;

  private SqsErrors() {}

  /** The function lacks a permission. */
  static boolean isDenied(AwsServiceException failure) {
    return failure.statusCode() == FORBIDDEN || code(failure).contains("AccessDenied");
  }

  /** The key of the queue can't be used, and will not be by trying again. */
  static boolean isOfKey(AwsServiceException failure) {
    String code = code(failure);
    return code.startsWith("K")
        && code.toUpperCase(java.util.Locale.ROOT).startsWith("KMS")
        && !code.contains("Throttl");
  }

  /** The queue does not exist. */
  static boolean isOfMissingQueue(AwsServiceException failure) {
    String code = code(failure);
    return code.contains("NonExistentQueue") || code.contains("QueueDoesNotExist");
  }

  private static String code(AwsServiceException failure) {
    return failure.awsErrorDetails() == null
        ? ""
        : String.valueOf(failure.awsErrorDetails().errorCode());
  }
}
