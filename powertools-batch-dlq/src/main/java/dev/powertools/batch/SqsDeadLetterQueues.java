// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.DeadLetterQueue.UnusableException;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.LibraryCall;
import dev.powertools.core.json.JsonPointer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Dead-letter queues of SQS: named ones, else that of the source queue's redrive policy, which is
 * looked up once. This class and what it leads to are loaded when the first dead letter is due.
 * Thread-safe.
 *
 * <p>Needs {@code sqs:SendMessage} on the dead-letter queue; for one that is not named also {@code
 * sqs:GetQueueAttributes} on the source queue; outside of usual URLs {@code sqs:GetQueueUrl} on
 * both.
 */
final class SqsDeadLetterQueues implements DeadLetterQueues {

  private static final JsonPointer TARGET_ARN = JsonPointer.of("/deadLetterTargetArn");

  private final SqsClient client;
  private final Map<String, Optional<DeadLetterQueue>> found = new ConcurrentHashMap<>();

  SqsDeadLetterQueues(FunctionRuntime runtime) {
    this.client = runtime.part(SqsClient.class, r -> SqsClients.lean(r.config()));
  }

  @Override
  public Optional<DeadLetterQueue> find(@Nullable DeadLetterTarget named, String source) {
    if (named != null) {
      named.requireOtherThan(source);
    }
    String key = named == null ? source : named.text();
    Optional<DeadLetterQueue> known = found.get(key);
    if (known == null) {
      known = named == null ? ofRedrivePolicy(source) : Optional.of(queue(url(named)));
      found.put(key, known);
    }
    return known;
  }

  private String url(DeadLetterTarget named) {
    return named.isUrl() ? named.text() : url(QueueArn.of(named.text()));
  }

  private String url(QueueArn arn) {
    try {
      return QueueUrls.of(client, arn);
    } catch (AwsServiceException e) {
      throw SqsErrors.isOfMissingQueue(e) ? SqsDeadLetterQueue.missing(arn.text(), e) : e;
    }
  }

  private DeadLetterQueue queue(String url) {
    return new SqsDeadLetterQueue(client, url);
  }

  private Optional<DeadLetterQueue> ofRedrivePolicy(String source) {
    String url = url(QueueArn.of(source));
    String policy = redrivePolicy(source, url);
    Optional<String> target =
        policy == null ? Optional.empty() : EventView.of(policy).text(TARGET_ARN);
    target.filter(source::equals).ifPresent(SqsDeadLetterQueues::refuseItself);
    return target.map(arn -> queue(url(QueueArn.of(arn))));
  }

  private @Nullable String redrivePolicy(String source, String url) {
    try {
      return LibraryCall.run(
              () ->
                  client.getQueueAttributes(
                      r ->
                          r.queueUrl(url)
                              .attributeNames(QueueAttributeName.REDRIVE_POLICY)
                              .overrideConfiguration(SqsSourceQueues::limit)))
          .attributes()
          .get(QueueAttributeName.REDRIVE_POLICY);
    } catch (AwsServiceException e) {
      if (SqsErrors.isDenied(e)) {
        String why =
            "The function may not sqs:GetQueueAttributes on "
                + source
                + ", whose redrive policy names the dead-letter queue. Allow it in the policy of the"
                + " function's role, or name the queue in @DeadLetter.";
        throw new UnusableException(source, "sqs:GetQueueAttributes", why, e);
      }
      throw e;
    }
  }

  private static void refuseItself(String source) {
    throw new ConfigurationException(
        "The redrive policy of " + source + " names the queue itself. Name another queue there.");
  }
}
