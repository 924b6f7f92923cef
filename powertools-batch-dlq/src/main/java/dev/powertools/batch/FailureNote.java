// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.json.JsonLimits;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.core.redact.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dead letter says about its failure: up to three attributes beside those of the sender, of
 * which SQS allows ten. Where there is not room for all, the most telling ones stay; where there is
 * none, or the message would be over the size that SQS takes, the message goes without.
 *
 * <p>{@code pt.failure} is JSON and holds what the others say and more; {@code pt.origin} is the id
 * of the first message, however often it was redriven; {@code pt.reason} is a {@link
 * DeadLetterReason}.
 */
final class FailureNote {

  static final String FAILURE = "pt.failure";
  static final String ORIGIN = "pt.origin";
  static final String REASON = "pt.reason";

  private static final int MOST_ATTRIBUTES = 10;
  private static final JsonLimits LIMITS = new JsonLimits(512, 8 * 1024);
  private static final int DEEPEST_CAUSE = 32;
  private static final List<String> NAMES = List.of(FAILURE, ORIGIN, REASON);

  private FailureNote() {}

  /** The dead letter of a message. */
  static DeadLetterMessage attach(SqsMessage message, Parked parked) {
    Map<String, MessageAttribute> attributes = new LinkedHashMap<>(message.messageAttributes());
    NAMES.forEach(attributes.keySet()::remove);
    DeadLetterMessage bare = letter(message, Map.copyOf(attributes));
    Map<String, String> note =
        Map.of(
            FAILURE, failure(message, parked),
            ORIGIN, message.originId(),
            REASON, parked.reason().name());
    for (String name : NAMES) {
      if (attributes.size() < MOST_ATTRIBUTES) {
        attributes.put(name, MessageAttribute.of("String", note.getOrDefault(name, "")));
      }
    }
    DeadLetterMessage noted = letter(message, Map.copyOf(attributes));
    return noted.size() <= DeadLetterSender.MOST_BYTES ? noted : bare;
  }

  private static DeadLetterMessage letter(
      SqsMessage message, Map<String, MessageAttribute> attributes) {
    return new DeadLetterMessage(
        message.body(),
        attributes,
        message.attributes().get("AWSTraceHeader"),
        message.groupId().orElse(null),
        message.messageId());
  }

  private static String failure(SqsMessage message, Parked parked) {
    LiveInvocation invocation = parked.invocation();
    JsonWriter json = new JsonWriter(LIMITS).beginObject();
    json.name("v").value(1).name("reason").value(parked.reason().name());
    writeException(json, parked.failure());
    json.name("msg").value(message(parked));
    json.name("receives").value(message.receiveCount());
    json.name("failedAt").value(invocation.runtime().timing().now().toString());
    json.name("srcArn").value(message.queueArn()).name("srcMsgId").value(message.messageId());
    json.name("originId").value(message.originId());
    message.groupId().ifPresent(group -> json.name("groupId").value(group));
    invocation.context().ifPresent(c -> json.name("fn").value(c.getFunctionName()));
    json.name("awsRequestId").value(invocation.requestId());
    byte[] bytes = json.endObject().toByteArray();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void writeException(JsonWriter json, @Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    json.name("ex").value(failure.getClass().getName());
    Throwable root = failure;
    for (int depth = 0; depth < DEEPEST_CAUSE; depth++) {
      Throwable cause = SafeText.causeOf(root);
      if (cause == null || cause == failure) {
        break;
      }
      root = cause;
    }
    if (root != failure) {
      json.name("rootEx").value(root.getClass().getName());
    }
  }

  /**
   * Without secrets, since people read it. SQS takes no noncharacters; the JSON writer has escaped
   * what else it refuses.
   */
  private static String message(Parked parked) {
    Throwable failure = parked.failure();
    String message = failure == null ? parked.message() : SafeText.messageOf(failure);
    String shown = Redactor.of(parked.invocation().runtime()).text(message);
    return shown.replace('\uFFFE', '\uFFFD').replace('\uFFFF', '\uFFFD');
  }
}
