// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.internal.LibraryCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** SQS as the client sees it, in memory. */
final class FakeSqs implements SqsClient {

  final Map<String, String> redrivePolicies = new HashMap<>();
  final List<String> calls = new ArrayList<>();
  final List<String> unmarked = new ArrayList<>();
  final List<SendMessageBatchRequest> sent = new ArrayList<>();
  final Map<String, Boolean> failing = new HashMap<>();
  final List<ChangeMessageVisibilityBatchRequest> visibility = new ArrayList<>();
  final Set<String> deniedCalls = new HashSet<>();
  boolean denied;
  @Nullable RuntimeException failure;

  static String url(String account, String name) {
    return "https://sqs.eu-central-1.amazonaws.com/" + account + "/" + name;
  }

  static RuntimeException error(String code, int status) {
    return SqsException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(code).build())
        .message(code)
        .build();
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {}

  @Override
  public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
    call("GetQueueUrl " + request.queueName());
    return GetQueueUrlResponse.builder()
        .queueUrl(url(request.queueOwnerAWSAccountId(), request.queueName()))
        .build();
  }

  @Override
  public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
    call("GetQueueAttributes " + request.queueUrl());
    String policy = redrivePolicies.get(request.queueUrl());
    return GetQueueAttributesResponse.builder()
        .attributes(policy == null ? Map.of() : Map.of(QueueAttributeName.REDRIVE_POLICY, policy))
        .build();
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    call("SendMessageBatch " + request.queueUrl());
    sent.add(request);
    List<SendMessageBatchResultEntry> successful = new ArrayList<>();
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    for (SendMessageBatchRequestEntry entry : request.entries()) {
      Boolean senderFault = failing.get(entry.messageBody());
      if (senderFault == null) {
        successful.add(SendMessageBatchResultEntry.builder().id(entry.id()).build());
      } else {
        failed.add(
            BatchResultErrorEntry.builder()
                .id(entry.id())
                .senderFault(senderFault)
                .code("No")
                .build());
      }
    }
    return SendMessageBatchResponse.builder().successful(successful).failed(failed).build();
  }

  @Override
  public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    call("ChangeMessageVisibilityBatch " + request.queueUrl());
    visibility.add(request);
    return ChangeMessageVisibilityBatchResponse.builder()
        .failed(
            BatchResultErrorEntry.builder()
                .id("e0")
                .senderFault(true)
                .code("ReceiptHandleIsInvalid")
                .build())
        .build();
  }

  @Override
  public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
    call("DeleteMessageBatch " + request.queueUrl());
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    for (DeleteMessageBatchRequestEntry entry : request.entries()) {
      if (failing.containsKey(entry.receiptHandle())) {
        failed.add(BatchResultErrorEntry.builder().id(entry.id()).code("No").build());
      }
    }
    return DeleteMessageBatchResponse.builder().failed(failed).build();
  }

  private void call(String call) {
    calls.add(call);
    if (!LibraryCall.isRunning()) {
      unmarked.add(call);
    }
    if (failure != null) {
      throw failure;
    }
    if (denied || deniedCalls.stream().anyMatch(call::startsWith)) {
      throw SqsException.builder().statusCode(403).message("AccessDenied").build();
    }
  }
}
