// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope.sqs;

import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;

/**
 * Makes an SQS client sign each message that it sends, alone or in a batch, for the tenant in force
 * on the thread that calls it. Without one nothing is sent.
 *
 * <pre>{@code
 * SqsClient.builder().addPlugin(EnvelopePlugin.create()).build()
 * }</pre>
 *
 * <p>On standard queues it also makes the tenant the message group, if the message has none: so
 * SQS's fair queues know who is noisy. Immutable and thread-safe; for synchronous and asynchronous
 * clients.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html">Amazon
 *     SQS fair queues</a>
 */
public final class EnvelopePlugin implements SdkPlugin {

  private final EnvelopeInterceptor interceptor;

  private EnvelopePlugin(Groups groups) {
    this.interceptor = new EnvelopeInterceptor(groups);
  }

  /** What becomes of messages without a group on standard queues. */
  enum Groups {
    TENANT,
    NONE
  }

  /** Signs, and makes the tenant the group of messages that have none on standard queues. */
  public static EnvelopePlugin create() {
    return new EnvelopePlugin(Groups.TENANT);
  }

  /** The same, but leaves message groups alone. */
  public EnvelopePlugin withoutMessageGroups() {
    return new EnvelopePlugin(Groups.NONE);
  }

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder client) {
    ClientOverrideConfiguration present = client.overrideConfiguration();
    ClientOverrideConfiguration.Builder more =
        present == null ? ClientOverrideConfiguration.builder() : present.toBuilder();
    client.overrideConfiguration(more.addExecutionInterceptor(interceptor).build());
  }
}
