// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.aws.rules.Envelopes.Destination;
import dev.powertools.tenancy.resource.ResourceName;
import java.util.List;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What a tenant's clients may ask of SNS: to publish to declared topics. Phones and devices can't
 * be told to be a tenant's, and a body by protocol is not what its receiver gets, so neither is
 * named here.
 */
final class SnsRules implements ServiceRules {

  /** Operations begin with a capital, parts of requests do not. */
  private static final String REQUESTS =
      """
      Publish: topic=TopicArn body=Message attributes=MessageAttributes
        | MessageDeduplicationId MessageGroupId Subject
      PublishBatch: topic=TopicArn each=PublishBatchRequestEntries>publish-entry
      publish-entry: body=Message attributes=MessageAttributes
        | Id MessageDeduplicationId MessageGroupId Subject
      """;

  private final Shapes requests = new Shapes(REQUESTS);
  private final Envelopes envelopes = new Envelopes(requests);
  private final List<ResourceName> topics;

  SnsRules(List<ResourceName> topics) {
    this.topics = topics;
  }

  @Override
  public SdkRequest complete(Asked asked) {
    Members request = asked.request(requests);
    return envelopes.signed(request, destination(request, asked), asked);
  }

  @Override
  public void check(Asked asked) {
    Members request = asked.request(requests);
    envelopes.check(request, destination(request, asked), asked);
  }

  private Destination destination(Members request, Asked asked) {
    String arn = request.text(Role.TOPIC);
    Target target = arn == null ? null : Target.of(arn, "sns", "");
    if (arn == null || target == null || target.account() == null) {
      throw asked.denied("topic", "there is no topicArn, or it is not the ARN of a topic", arn);
    }
    for (ResourceName each : topics) {
      if (target.is(each, asked)) {
        return new Destination(arn, null);
      }
    }
    throw asked.denied(
        "topic",
        "the topic is not declared for this tenant. Declare it by @TenantTopic; by its ARN if it is"
            + " in another account or region than the function",
        arn);
  }

  /** The operation is a parameter, in the query or, from where it was moved, in the body. */
  @Override
  public void checkWire(Asked asked, SdkHttpRequest wire) {
    List<String> actions = wire.rawQueryParameters().get("Action");
    boolean same =
        wire.method() == SdkHttpMethod.POST
            && (wire.encodedPath().isEmpty() || wire.encodedPath().equals("/"))
            && (wire.rawQueryParameters().isEmpty()
                || List.of(asked.call().operation()).equals(actions))
            && JsonWire.headers(wire, "X-Amz-Target").isEmpty();
    if (!same) {
      throw JsonWire.changed(asked);
    }
  }
}
