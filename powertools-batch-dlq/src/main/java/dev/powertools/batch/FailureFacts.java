// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.AttributeKey;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.redact.Redactor;
import dev.powertools.retry.Retries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is known of the failure of one record, by the names of version 1 of {@code
 * pt.failure}. Confined to one thread.
 *
 * <p>What other features know comes from the facts of the record's unit of work: those that go
 * along with messages, and those by which keys are scoped; {@code correlation_id} becomes {@code
 * correlationId}, and {@code tenant_id}, which scopes, {@code tenant}. A fact that is called as one
 * of ours is left out. Texts are redacted, since people read them.
 */
final class FailureFacts {

  static final String FRAMES = "frames";
  static final String MESSAGE = "msg";

  private static final int DEEPEST_CAUSE = 32;

  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final BatchRecord record;
  private final Parked parked;
  private final LiveInvocation invocation;
  private final Redactor redactor;

  private FailureFacts(BatchRecord record, Parked parked) {
    this.record = record;
    this.parked = parked;
    this.invocation = parked.invocation();
    this.redactor = Redactor.of(invocation.runtime());
  }

  /**
   * What is known.
   *
   * @param group the message group of the dead letter
   * @param frames how many frames of the stack are of interest
   */
  static Map<String, Object> of(
      BatchRecord record, @Nullable String group, Parked parked, int frames) {
    FailureFacts collected = new FailureFacts(record, parked);
    collected.putFailure(frames);
    collected.putRecord(group);
    collected.putFunction();
    collected.invocation.attributes().forEach(collected::putFact);
    return collected.facts;
  }

  private void put(String name, @Nullable Object fact) {
    if (fact != null) {
      facts.put(name, fact);
    }
  }

  private void putFailure(int frames) {
    put("v", 1);
    put("reason", parked.reason().name());
    put("cls", kind(parked.reason()));
    Throwable failure = parked.failure();
    String message = failure == null ? parked.message() : SafeText.messageOf(failure);
    if (failure != null) {
      Throwable root = rootOf(failure);
      put("ex", failure.getClass().getName());
      put("rootEx", root == failure ? null : root.getClass().getName());
      put("stackHash", SafeText.stackHashOf(root));
      List<String> shown = SafeText.framesOf(root, frames);
      put(FRAMES, shown.isEmpty() ? null : shown);
    }
    put(MESSAGE, redactor.text(message));
  }

  /** Whether it would have been tried again; nobody knows of what did not run. */
  private static @Nullable String kind(DeadLetterReason reason) {
    return switch (reason) {
      case PERMANENT, UNDECODABLE -> "PERMANENT";
      case EXHAUSTED -> "TRANSIENT";
      case POISON -> null;
    };
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < DEEPEST_CAUSE; depth++) {
      Throwable cause = SafeText.causeOf(root);
      if (cause == null || cause == failure) {
        break;
      }
      root = cause;
    }
    return root;
  }

  private void putRecord(@Nullable String group) {
    boolean ran = parked.reason() != DeadLetterReason.POISON;
    put("attempts", ran ? invocation.attributes().get(Retries.ATTEMPTS).orElse(1) : 0);
    put("receives", record.receiveCount() > 0 ? record.receiveCount() : null);
    put("redrives", record.redrives());
    put("firstSentAt", time("SentTimestamp"));
    put("firstReceivedAt", time("ApproximateFirstReceiveTimestamp"));
    put("failedAt", invocation.runtime().timing().now().toString());
    put("srcArn", record.source());
    put("srcMsgId", record.id());
    put("originId", record.workId());
    put("groupId", group);
    put("dedupId", record.attribute("MessageDeduplicationId").orElse(null));
    put("trace", record.attribute("AWSTraceHeader").orElse(null));
  }

  private @Nullable String time(String attribute) {
    try {
      return record
          .attribute(attribute)
          .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)).toString())
          .orElse(null);
    } catch (NumberFormatException e) {
      return null; // a note without it is one all the same
    }
  }

  private void putFunction() {
    Context context = invocation.context().orElse(null);
    if (context != null) {
      put("fn", context.getFunctionName());
      put("fnVersion", context.getFunctionVersion());
    }
    put("awsRequestId", invocation.requestId());
    put("libVersion", libraryVersion());
  }

  private static @Nullable String libraryVersion() {
    try (InputStream in = FailureFacts.class.getResourceAsStream("version.txt")) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return null;
    }
  }

  private void putFact(AttributeKey<?> key, Object value) {
    if (key.isKeyScoping() || key.isPropagated()) {
      boolean hidden = redactor.hidesName(key.name());
      facts.putIfAbsent(nameOf(key), hidden ? Redactor.MASK : redactor.text(SafeText.of(value)));
    }
  }

  /** In camel case; what scopes keys is called by what it is the id of. */
  private static String nameOf(AttributeKey<?> key) {
    String name = key.name();
    if (key.isKeyScoping() && name.endsWith("_id")) {
      name = name.substring(0, name.length() - "_id".length());
    }
    StringBuilder camel = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' && i + 1 < name.length()) {
        camel.append(Character.toUpperCase(name.charAt(++i)));
      } else {
        camel.append(c);
      }
    }
    return camel.toString();
  }
}
