// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import dev.powertools.core.PowertoolsException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue, by its three names.
 *
 * @param name its name; a FIFO queue's ends with {@code .fifo}
 * @param url its URL
 * @param arn its ARN
 */
public record LocalQueue(String name, String url, String arn) {

  /** Looks up the queue of a URL. */
  public static LocalQueue of(SqsClient sqs, String url) {
    String arn =
        sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    if (arn == null) {
      throw new PowertoolsException("SQS returned no ARN for the queue " + url);
    }
    return new LocalQueue(arn.substring(arn.lastIndexOf(':') + 1), url, arn);
  }

  /** Whether it is a FIFO queue: its name's end says so, and nothing else does. */
  public boolean isFifo() {
    return name.endsWith(".fifo");
  }

  /** The region in its ARN. */
  public String region() {
    return arn.split(":", -1)[3];
  }
}
