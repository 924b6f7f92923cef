// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.LibraryCall;
import dev.powertools.core.json.JsonPointer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Source queues of SQS. This class and what it leads to are loaded when a queue is first asked for
 * something, and no call takes longer than {@link #LONGEST_CALL}, attempts of the SDK included.
 * Thread-safe.
 */
final class SqsSourceQueues implements SourceQueues {

  static final Duration LONGEST_CALL = Duration.ofSeconds(2);

  private static final JsonPointer MAX_RECEIVES = JsonPointer.of("/maxReceiveCount");

  private final SqsClient client;
  private final Map<String, String> urls = new ConcurrentHashMap<>();

  SqsSourceQueues(FunctionRuntime runtime) {
    this.client = runtime.part(SqsClient.class, r -> SqsClients.lean(r.config()));
  }

  @Override
  public int postpone(String source, List<Visibility> messages) {
    List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>(messages.size());
    for (Visibility message : messages) {
      entries.add(
          ChangeMessageVisibilityBatchRequestEntry.builder()
              .id("e" + entries.size())
              .receiptHandle(message.receipt())
              .visibilityTimeout(message.seconds())
              .build());
    }
    List<BatchResultErrorEntry> failed =
        asked(
            () ->
                client
                    .changeMessageVisibilityBatch(
                        r ->
                            r.queueUrl(url(source))
                                .entries(entries)
                                .overrideConfiguration(SqsSourceQueues::limit))
                    .failed());
    for (BatchResultErrorEntry each : failed) {
      BatchLog.visibilityKept(each.code() + " " + each.message());
    }
    return failed.size();
  }

  @Override
  public boolean delete(String source, List<String> receipts) {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(receipts.size());
    for (String receipt : receipts) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id("e" + entries.size())
              .receiptHandle(receipt)
              .build());
    }
    return asked(
            () ->
                client.deleteMessageBatch(
                    r ->
                        r.queueUrl(url(source))
                            .entries(entries)
                            .overrideConfiguration(SqsSourceQueues::limit)))
        .failed()
        .isEmpty();
  }

  @Override
  public int mostReceives(String source) {
    String policy =
        asked(
                () ->
                    client.getQueueAttributes(
                        r ->
                            r.queueUrl(url(source))
                                .attributeNames(QueueAttributeName.REDRIVE_POLICY)
                                .overrideConfiguration(SqsSourceQueues::limit)))
            .attributes()
            .get(QueueAttributeName.REDRIVE_POLICY);
    return policy == null
        ? ReceiveLimits.NONE
        : EventView.of(policy).text(MAX_RECEIVES).map(Integer::parseInt).orElse(ReceiveLimits.NONE);
  }

  static void limit(AwsRequestOverrideConfiguration.Builder request) {
    request.apiCallTimeout(LONGEST_CALL);
  }

  private static <T> T asked(Supplier<T> call) {
    try {
      return LibraryCall.run(call::get);
    } catch (AwsServiceException e) {
      throw SqsErrors.isDenied(e) ? new DeniedException(e) : e;
    }
  }

  private String url(String source) {
    return urls.computeIfAbsent(source, s -> QueueUrls.of(client, QueueArn.of(s)));
  }
}
