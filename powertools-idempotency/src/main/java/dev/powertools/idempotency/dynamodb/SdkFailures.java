// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import dev.powertools.idempotency.dynamodb.DynamoDbStoreException.Reason;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Says of a failure of the SDK what is wrong and how to mend it. */
final class SdkFailures {

  private static final Set<String> BAD_CREDENTIALS =
      Set.of(
          "ExpiredTokenException",
          "ExpiredToken",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "IncompleteSignature",
          "MissingAuthenticationTokenException",
          "MissingAuthenticationToken",
          "RequestExpired");
  private static final Set<String> ACCESS_DENIED =
      Set.of("AccessDeniedException", "AccessDenied", "NotAuthorized", "OptInRequired");
  private static final Set<String> IN_TRANSACTION =
      Set.of("TransactionConflictException", "TransactionInProgressException");

  private SdkFailures() {}

  static DynamoDbStoreException understood(
      String table, DynamoDbClient client, String operation, SdkException failure) {
    Reason reason = reason(failure);
    String message =
        operation
            + " on the DynamoDB table "
            + table
            + " in "
            + client.serviceClientConfiguration().region()
            + " failed: "
            + remedy(reason, operation)
            + " DynamoDB said: "
            + failure.getMessage();
    return new DynamoDbStoreException(reason, message, failure);
  }

  private static Reason reason(SdkException failure) {
    if (failure instanceof ResourceNotFoundException) {
      return Reason.NO_TABLE;
    }
    if (failure instanceof AwsServiceException service) {
      return reasonOf(service);
    }
    if (isTimeout(failure) || hasIoCause(failure)) {
      return Reason.NO_ANSWER;
    }
    return isAboutCredentials(failure) ? Reason.BAD_CREDENTIALS : Reason.OTHER;
  }

  private static Reason reasonOf(AwsServiceException failure) {
    String code =
        failure.awsErrorDetails() == null
            ? ""
            : String.valueOf(failure.awsErrorDetails().errorCode());
    if (BAD_CREDENTIALS.contains(code)) {
      return Reason.BAD_CREDENTIALS;
    }
    if (ACCESS_DENIED.contains(code)) {
      return Reason.ACCESS_DENIED;
    }
    if (IN_TRANSACTION.contains(code)) {
      return Reason.IN_TRANSACTION;
    }
    if (failure.isThrottlingException()) {
      return Reason.THROTTLED;
    }
    return code.equals("ValidationException")
        ? reasonOf(String.valueOf(failure.getMessage()))
        : Reason.OTHER;
  }

  /** A validation has one code for all that can be wrong, and says the rest in words. */
  private static Reason reasonOf(String validation) {
    String said = validation.toLowerCase(Locale.ROOT);
    if (said.contains("item size")) {
      return Reason.TOO_LARGE;
    }
    boolean keys =
        said.contains("key element")
            || said.contains("missing the key")
            || said.contains("mismatch for key")
            || said.contains("number of conditions on the keys")
            || said.contains("required keys");
    return keys ? Reason.WRONG_KEYS : Reason.OTHER;
  }

  private static boolean isTimeout(SdkException failure) {
    return failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException;
  }

  private static boolean hasIoCause(Throwable failure) {
    Throwable each = failure.getCause();
    for (int depth = 0; each != null && depth < 8; depth++) {
      if (each instanceof IOException) {
        return true;
      }
      each = each.getCause();
    }
    return false;
  }

  private static boolean isAboutCredentials(SdkException failure) {
    return String.valueOf(failure.getMessage()).contains("credentials");
  }

  private static String remedy(Reason reason, String operation) {
    return switch (reason) {
      case NO_TABLE ->
          "there is no such table in this account and region. Create it, or correct its name"
              + " (POWERTOOLS_IDEMPOTENCY_TABLE, or DynamoDbOptions) or the region.";
      case WRONG_KEYS ->
          "the table's keys are not those that the store writes. Create a table with the partition"
              + " key id of type S and no sort key, or set keyAttribute and sortKeyAttribute of"
              + " DynamoDbOptions.";
      case ACCESS_DENIED ->
          "the function's role does not allow dynamodb:"
              + operation
              + ". The store needs dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem and"
              + " dynamodb:GetItem on the table; verifyTable also dynamodb:DescribeTable and"
              + " dynamodb:DescribeTimeToLive.";
      case BAD_CREDENTIALS ->
          "the credentials have expired, or are none that AWS knows. Use those of the function's"
              + " role, as the environment has them, and keep none in code.";
      case THROTTLED ->
          "there were more requests than the table takes, also after the SDK's retries. Use billing"
              + " mode PAY_PER_REQUEST, or more write capacity.";
      case NO_ANSWER ->
          "there was no answer, also after the SDK's retries. A function in a VPC needs a gateway"
              + " endpoint for DynamoDB (or NAT) and a security group that lets HTTPS out.";
      case TOO_LARGE -> "the record is larger than 400 KB. Return less from the work.";
      case IN_TRANSACTION ->
          "a transaction that holds the record is just being committed. Try again.";
      case UNREADABLE, OTHER -> "it was refused, or the service had a failure of its own.";
    };
  }
}
