// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope.sqs;

import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.envelope.TenantEnvelope;
import dev.powertools.tenancy.envelope.TenantEnvelope.Message;
import dev.powertools.tenancy.envelope.sqs.EnvelopePlugin.Groups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Adds an envelope to each message that is sent. The tenant is read when the call begins, on the
 * caller's thread; what runs later may run on another. Thread-safe.
 */
final class EnvelopeInterceptor implements ExecutionInterceptor {

  private static final int MOST_ATTRIBUTES = 10;
  private static final ExecutionAttribute<TenantId> SENDER =
      new ExecutionAttribute<>("dev.powertools.tenancy.Sender");

  private final Groups groups;

  EnvelopeInterceptor(Groups groups) {
    this.groups = groups;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
    if (isSend(call.request())) {
      attributes.putAttribute(SENDER, Tenants.current().id());
    }
  }

  private static boolean isSend(SdkRequest request) {
    return request instanceof SendMessageRequest || request instanceof SendMessageBatchRequest;
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest call, ExecutionAttributes attributes) {
    SdkRequest request = call.request();
    if (request instanceof SendMessageRequest send) {
      return signed(send, sender(send.queueUrl(), attributes));
    }
    return request instanceof SendMessageBatchRequest batch
        ? signed(batch, sender(batch.queueUrl(), attributes))
        : request;
  }

  private static Sender sender(@Nullable String queueUrl, ExecutionAttributes attributes) {
    return new Sender(
        attributes.getAttribute(SENDER),
        QueueArns.of(queueUrl, attributes.getAttribute(AwsExecutionAttribute.AWS_REGION)));
  }

  /** For whom, and to which queue. */
  private record Sender(TenantId tenant, String queueArn) {

    String envelope(@Nullable String body) {
      return TenantEnvelope.sign(tenant, new Message(queueArn, body == null ? "" : body));
    }
  }

  private SendMessageRequest signed(SendMessageRequest send, Sender sender) {
    return send.toBuilder()
        .messageAttributes(
            with(send.messageAttributes(), sender.envelope(send.messageBody()), "the message"))
        .messageGroupId(group(send.messageGroupId(), sender))
        .build();
  }

  private SendMessageBatchRequest signed(SendMessageBatchRequest batch, Sender sender) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>(batch.entries().size());
    for (SendMessageBatchRequestEntry entry : batch.entries()) {
      entries.add(
          entry.toBuilder()
              .messageAttributes(
                  with(
                      entry.messageAttributes(),
                      sender.envelope(entry.messageBody()),
                      "the batch's entry " + entry.id()))
              .messageGroupId(group(entry.messageGroupId(), sender))
              .build());
    }
    return batch.toBuilder().entries(entries).build();
  }

  /** A FIFO queue's group is an order, which is the sender's to say. */
  private @Nullable String group(@Nullable String present, Sender sender) {
    boolean own = groups == Groups.NONE || sender.queueArn.endsWith(".fifo");
    return present != null || own ? present : sender.tenant.value();
  }

  private static Map<String, MessageAttributeValue> with(
      Map<String, MessageAttributeValue> present, String envelope, String message) {
    for (String name : present.keySet()) {
      if (name.equalsIgnoreCase(TenantEnvelope.ATTRIBUTE)) {
        throw UnsignableMessageException.hasOne(message);
      }
    }
    if (present.size() >= MOST_ATTRIBUTES) {
      throw UnsignableMessageException.full(message, present.size());
    }
    Map<String, MessageAttributeValue> more = new HashMap<>(present);
    more.put(
        TenantEnvelope.ATTRIBUTE,
        MessageAttributeValue.builder().dataType("String").stringValue(envelope).build());
    return more;
  }
}
