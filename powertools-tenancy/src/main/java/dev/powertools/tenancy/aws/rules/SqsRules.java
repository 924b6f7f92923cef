// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.aws.rules.Envelopes.Destination;
import dev.powertools.tenancy.resource.ResourceName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What a tenant's clients may ask of SQS: to send to declared queues, and to receive from those
 * that are the tenant's alone. What has no line here (queues themselves, their attributes and
 * rights) is denied.
 */
final class SqsRules implements ServiceRules {

  /** Operations begin with a capital, parts of requests do not. */
  private static final String REQUESTS =
      """
      SendMessage: queue=QueueUrl body=MessageBody attributes=MessageAttributes
          group=MessageGroupId
        | DelaySeconds MessageDeduplicationId MessageSystemAttributes
      SendMessageBatch: queue=QueueUrl each=Entries>send-entry
      send-entry: body=MessageBody attributes=MessageAttributes group=MessageGroupId
        | DelaySeconds Id MessageDeduplicationId MessageSystemAttributes
      ReceiveMessage: own_queue=QueueUrl
        | AttributeNames MaxNumberOfMessages MessageAttributeNames MessageSystemAttributeNames
          ReceiveRequestAttemptId VisibilityTimeout WaitTimeSeconds
      DeleteMessage: own_queue=QueueUrl | ReceiptHandle
      DeleteMessageBatch: own_queue=QueueUrl | Entries
      ChangeMessageVisibility: own_queue=QueueUrl | ReceiptHandle VisibilityTimeout
      ChangeMessageVisibilityBatch: own_queue=QueueUrl | Entries
      """;

  private final Shapes requests = new Shapes(REQUESTS);
  private final Envelopes envelopes = new Envelopes(requests);
  private final List<ResourceName> queues;

  SqsRules(List<ResourceName> queues) {
    this.queues = queues;
  }

  @Override
  public SdkRequest complete(Asked asked) {
    Members request = asked.request(requests);
    return request.have(Role.QUEUE)
        ? envelopes.signed(request, destination(request, asked), asked)
        : asked.call().request();
  }

  @Override
  public void check(Asked asked) {
    Members request = asked.request(requests);
    if (request.have(Role.QUEUE)) {
      envelopes.check(request, destination(request, asked), asked);
    } else if (!find(request.text(Role.OWN_QUEUE), asked).queue().isSilo()) {
      throw asked.denied(
          "queue",
          "the queue has messages of all tenants. A tenant's clients receive from queues with"
              + " {tenant} in their names only",
          null);
    }
  }

  private Destination destination(Members request, Asked asked) {
    QueueUrl url = find(request.text(Role.QUEUE), asked).url();
    String region = asked.call().region();
    if (region == null) {
      throw asked.denied("queue", "the region is not known, which the envelope names", null);
    }
    return new Destination(url.arn(region), url.isFifo() ? null : asked.tenant().value());
  }

  /** A declared queue, and how it was named. */
  private record Found(QueueUrl url, ResourceName queue) {}

  private Found find(@Nullable String text, Asked asked) {
    QueueUrl url = QueueUrl.of(text);
    if (url != null && url.isIn(asked.call().region())) {
      Target target = new Target(url.name(), null, url.account());
      for (ResourceName each : queues) {
        if (target.is(each, asked)) {
          return new Found(url, each);
        }
      }
    }
    throw asked.denied(
        "queue",
        "the queue is not declared for this tenant, or its URL does not end with account and name."
            + " Declare it by @TenantQueue; by its ARN or URL if it is in another account than the"
            + " function",
        text);
  }

  @Override
  public void checkWire(Asked asked, SdkHttpRequest wire) {
    JsonWire.check(asked, wire, "AmazonSQS.");
  }
}
