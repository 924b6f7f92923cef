// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.internal.LibraryCall;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Asks SQS for the URLs of queues. */
final class QueueUrls {

  private QueueUrls() {}

  /** A function may be allowed to use a queue and not to ask for its URL: then the usual one. */
  static String of(SqsClient client, QueueArn arn) {
    try {
      return LibraryCall.run(
              () ->
                  client.getQueueUrl(
                      r ->
                          r.queueName(arn.name())
                              .queueOwnerAWSAccountId(arn.account())
                              .overrideConfiguration(SqsSourceQueues::limit)))
          .queueUrl();
    } catch (AwsServiceException e) {
      if (SqsErrors.isDenied(e)) {
        return arn.usualUrl();
      }
      throw e;
    }
  }
}
