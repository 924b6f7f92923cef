// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

/**
 * Where a mapping sends the invocation record of a batch that it gives up.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain
 *     discarded batch records</a>
 */
public enum StreamDestination {
  /** A standard SQS queue: metadata only. */
  QUEUE,
  /** A standard SNS topic: metadata only. */
  TOPIC,
  /** An S3 bucket: metadata, and the whole event as text in {@code payload}. */
  BUCKET,
  /** A topic of the same Kafka cluster, for Kafka sources only: the records themselves. */
  KAFKA_TOPIC
}
