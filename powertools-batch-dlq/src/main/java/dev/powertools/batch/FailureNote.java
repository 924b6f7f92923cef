// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.json.JsonLimits;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.core.redact.Redactor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dead letter says about its failure: three attributes beside those of the sender, of which
 * SQS allows ten. Where there is not room for three there is one, {@code pt.failure}; where there
 * is none, the sender's attributes go into the body ({@link DeadLetterEnvelope}). A message that
 * would get over the size that SQS takes goes without the text of its failure, or else as it was.
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

  /** The dead letter of a record. */
  static DeadLetterMessage attach(BatchRecord record, Parked parked) {
    DeadLetterMessage original = record.letter();
    Map<String, MessageAttribute> sent = new LinkedHashMap<>(original.attributes());
    NAMES.forEach(sent.keySet()::remove);
    DeadLetterMessage bare = original.with(Map.copyOf(sent));
    DeadLetterMessage noted = noted(record, bare, parked, message(parked));
    if (!fits(noted)) {
      noted = noted(record, bare, parked, "");
    }
    return fits(noted) ? noted : bare;
  }

  private static boolean fits(DeadLetterMessage letter) {
    return letter.size() <= DeadLetterSender.MOST_BYTES;
  }

  private static DeadLetterMessage noted(
      BatchRecord record, DeadLetterMessage bare, Parked parked, String text) {
    int free = MOST_ATTRIBUTES - bare.attributes().size();
    boolean wraps = free <= 0;
    Map<String, MessageAttribute> attributes =
        new LinkedHashMap<>(wraps ? Map.of() : bare.attributes());
    attributes.put(FAILURE, text(failure(record, bare.groupId(), parked, text)));
    if (wraps || free >= NAMES.size()) {
      attributes.put(ORIGIN, text(record.workId()));
      attributes.put(REASON, text(parked.reason().name()));
    }
    DeadLetterMessage letter = wraps ? DeadLetterEnvelope.around(bare) : bare;
    return letter.with(Map.copyOf(attributes));
  }

  private static MessageAttribute text(String value) {
    return MessageAttribute.of("String", value);
  }

  private static String failure(
      BatchRecord record, @Nullable String group, Parked parked, String text) {
    LiveInvocation invocation = parked.invocation();
    JsonWriter json = new JsonWriter(LIMITS).beginObject();
    json.name("v").value(1).name("reason").value(parked.reason().name());
    writeException(json, parked.failure());
    json.name("msg").value(text);
    if (record.receiveCount() > 0) {
      json.name("receives").value(record.receiveCount());
    }
    writeTime(json, "firstSentAt", record, "SentTimestamp");
    writeTime(json, "firstReceivedAt", record, "ApproximateFirstReceiveTimestamp");
    json.name("failedAt").value(invocation.runtime().timing().now().toString());
    json.name("srcArn").value(record.source()).name("srcMsgId").value(record.id());
    json.name("originId").value(record.workId());
    writeText(json, "groupId", group);
    writeText(json, "dedupId", record.attribute("MessageDeduplicationId").orElse(null));
    writeText(json, "trace", record.attribute("AWSTraceHeader").orElse(null));
    invocation.context().ifPresent(context -> writeFunction(json, context));
    json.name("awsRequestId").value(invocation.requestId());
    byte[] bytes = json.endObject().toByteArray();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void writeFunction(JsonWriter json, Context context) {
    writeText(json, "fn", context.getFunctionName());
    writeText(json, "fnVersion", context.getFunctionVersion());
  }

  private static void writeText(JsonWriter json, String name, @Nullable String text) {
    if (text != null) {
      json.name(name).value(text);
    }
  }

  private static void writeTime(JsonWriter json, String name, BatchRecord record, String from) {
    try {
      record
          .attribute(from)
          .map(Long::valueOf)
          .ifPresent(millis -> json.name(name).value(Instant.ofEpochMilli(millis).toString()));
    } catch (NumberFormatException e) {
      return; // a note without it is one all the same
    }
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
    writeText(json, "stackHash", SafeText.stackHashOf(root));
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
