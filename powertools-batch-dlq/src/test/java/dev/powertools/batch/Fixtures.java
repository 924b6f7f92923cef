// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Signal;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tests of batches share. */
final class Fixtures {

  static final String STANDARD = "arn:aws:sqs:eu-central-1:123456789012:orders";
  static final String FIFO = STANDARD + ".fifo";

  private Fixtures() {}

  /** A runtime that sees nothing of this process and whose time stands still. */
  static FunctionRuntime.Builder runtime(DeadLetterQueues queues) {
    return FunctionRuntime.builder()
        .config(Config.of(Map.of()))
        .timing(new TestTiming())
        .part(DeadLetterQueues.class, queues);
  }

  static LiveInvocation batch(FunctionRuntime runtime) {
    return LiveInvocation.under(runtime).open();
  }

  static @Nullable Object under(FunctionRuntime runtime, Call call) {
    return inside(Scope.of(runtime), call);
  }

  static @Nullable Object inside(Scope scope, Call call) {
    try {
      return scope.call(call);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** A message of an event that was written by hand: no queue waits for news of it. */
  static SqsMessage sqs(
      String id,
      String body,
      String arn,
      Map<String, String> attributes,
      Map<String, MessageAttribute> messageAttributes) {
    return new SqsMessage(id, body, arn, null, attributes, messageAttributes);
  }

  /** A message that a queue delivered, so many times by now. */
  static SqsMessage received(String id, @Nullable String group, int receives) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("ApproximateReceiveCount", String.valueOf(receives));
    if (group != null) {
      attributes.put("MessageGroupId", group);
    }
    String arn = group == null ? STANDARD : FIFO;
    return new SqsMessage(id, "body of " + id, arn, "receipt-" + id, attributes, Map.of());
  }

  static SqsMessage message(String id) {
    return sqs(id, "body of " + id, STANDARD, Map.of(), Map.of());
  }

  static SqsMessage grouped(String id, String group) {
    return sqs(id, "body of " + id, FIFO, Map.of("MessageGroupId", group), Map.of());
  }

  static List<SqsMessage> messages(int count) {
    List<SqsMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(message("m" + i));
    }
    return messages;
  }

  static List<String> ids(List<SqsMessage> messages) {
    return messages.stream().map(SqsMessage::messageId).toList();
  }

  /** Runs a batch by itself. */
  static List<String> failures(
      FunctionRuntime runtime, List<SqsMessage> given, RecordWork<SqsMessage> work) {
    return failures(batch(runtime), given, work, Dispatch.SEQUENTIAL);
  }

  static List<String> failures(
      LiveInvocation batch,
      List<SqsMessage> given,
      RecordWork<SqsMessage> work,
      Dispatch dispatch) {
    return failures(batch, given, work, dispatch, BatchOptions.defaults());
  }

  static List<String> failures(
      LiveInvocation batch,
      List<SqsMessage> given,
      RecordWork<SqsMessage> work,
      Dispatch dispatch,
      BatchOptions options) {
    BatchRun<SqsMessage> run =
        new BatchRun<>(batch, given, work, new DeadLetters(null, 0), options);
    return ids(run.unacknowledged(() -> dispatch));
  }

  /** Collects how units of work end. */
  static final class Ends {
    final Map<String, List<String>> byRecord = Collections.synchronizedMap(new HashMap<>());

    void watch(LiveInvocation invocation, SqsMessage message) {
      invocation.onEnd(
          outcome ->
              byRecord
                  .computeIfAbsent(message.messageId(), id -> new ArrayList<>())
                  .add(outcome.kind().name()));
    }

    List<String> of(String id) {
      return byRecord.getOrDefault(id, List.of());
    }
  }

  /** Collects signals. */
  static List<Signal> signals() {
    return Collections.synchronizedList(new ArrayList<>());
  }
}
