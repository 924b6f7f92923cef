// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.PowertoolsException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/**
 * Stands in for SQS in a test: it confirms every message that is sent and remembers it, and refuses
 * everything else, so that a unit test never reaches a real queue. Thread-safe.
 */
final class SqsStandIn implements InvocationHandler {

  private final List<DeadLettered> sent = new CopyOnWriteArrayList<>();

  SqsClient client() {
    return (SqsClient)
        Proxy.newProxyInstance(
            SqsClient.class.getClassLoader(), new Class<?>[] {SqsClient.class}, this);
  }

  List<DeadLettered> sent() {
    return List.copyOf(sent);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    if (method.getName().equals("sendMessageBatch") && arguments != null) {
      return accept(request(arguments[0]));
    }
    return switch (method.getName()) {
      case "toString" -> "the SQS of this test";
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> arguments != null && proxy == arguments[0];
      case "close" -> null;
      default ->
          throw new PowertoolsException(
              "A unit test reaches no real queue, and the function called SqsClient."
                  + method.getName()
                  + ". Name the dead-letter queue by its URL, give the test a client of your own"
                  + " by functions.with(SqsClient.class, …), or use LocalQueues.");
    };
  }

  private static SendMessageBatchRequest request(Object argument) {
    if (argument instanceof SendMessageBatchRequest request) {
      return request;
    }
    @SuppressWarnings("unchecked") // the only other form that the client has
    Consumer<SendMessageBatchRequest.Builder> how =
        (Consumer<SendMessageBatchRequest.Builder>) argument;
    return SendMessageBatchRequest.builder().applyMutation(how).build();
  }

  private SendMessageBatchResponse accept(SendMessageBatchRequest request) {
    List<SendMessageBatchResultEntry> confirmed = new ArrayList<>();
    for (SendMessageBatchRequestEntry entry : request.entries()) {
      Map<String, String> attributes = new LinkedHashMap<>();
      entry
          .messageAttributes()
          .forEach(
              (name, value) -> {
                if (value.stringValue() != null) {
                  attributes.put(name, value.stringValue());
                }
              });
      sent.add(new DeadLettered(request.queueUrl(), entry.messageBody(), attributes));
      confirmed.add(
          SendMessageBatchResultEntry.builder()
              .id(entry.id())
              .messageId("sent-" + sent.size())
              .build());
    }
    return SendMessageBatchResponse.builder().successful(confirmed).failed(List.of()).build();
  }
}
