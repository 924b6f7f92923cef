// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.json.JsonLimits;
import dev.powertools.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a dead letter says about its failure: three attributes beside those of the sender, of which
 * SQS allows ten. Where there is not room for three there is one, {@code pt.failure}; where there
 * is none, the sender's attributes go into the body ({@link DeadLetterEnvelope}). A message that
 * would get over the size that SQS takes goes without the frames of its failure, or without its
 * text as well, or else as it was.
 *
 * <p>{@code pt.failure} is JSON and holds what the others say and more ({@link FailureFacts});
 * {@code pt.origin} is the id of the first message, however often it was redriven; {@code
 * pt.reason} is a {@link DeadLetterReason}.
 */
final class FailureNote {

  static final String FAILURE = "pt.failure";
  static final String ORIGIN = "pt.origin";
  static final String REASON = "pt.reason";

  private static final int MOST_ATTRIBUTES = 10;
  private static final JsonLimits LIMITS = new JsonLimits(512, 8 * 1024);
  private static final List<String> NAMES = List.of(FAILURE, ORIGIN, REASON);
  private static final List<String> DISPENSABLE =
      List.of(FailureFacts.FRAMES, FailureFacts.MESSAGE);

  private FailureNote() {}

  /**
   * The dead letter of a record.
   *
   * @param frames how many frames of its failure it shows
   */
  static DeadLetterMessage attach(BatchRecord record, Parked parked, int frames) {
    DeadLetterMessage original = record.letter();
    Map<String, MessageAttribute> sent = new LinkedHashMap<>(original.attributes());
    NAMES.forEach(sent.keySet()::remove);
    DeadLetterMessage bare = original.with(Map.copyOf(sent));
    Map<String, Object> facts = FailureFacts.of(record, bare.groupId(), parked, frames);
    DeadLetterMessage noted = noted(record, bare, parked, facts);
    for (String dispensable : DISPENSABLE) {
      if (!fits(noted) && facts.remove(dispensable) != null) {
        noted = noted(record, bare, parked, facts);
      }
    }
    return fits(noted) ? noted : bare;
  }

  private static boolean fits(DeadLetterMessage letter) {
    return letter.size() <= DeadLetterSender.MOST_BYTES;
  }

  private static DeadLetterMessage noted(
      BatchRecord record, DeadLetterMessage bare, Parked parked, Map<String, Object> facts) {
    int free = MOST_ATTRIBUTES - bare.attributes().size();
    boolean wraps = free <= 0;
    Map<String, MessageAttribute> attributes =
        new LinkedHashMap<>(wraps ? Map.of() : bare.attributes());
    attributes.put(FAILURE, text(json(facts)));
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

  /** SQS takes no noncharacters; the JSON writer has escaped what else it refuses. */
  private static String json(Map<String, Object> facts) {
    JsonWriter json = new JsonWriter(LIMITS).beginObject();
    facts.forEach((name, fact) -> json.name(name).value(fact));
    String text = new String(json.endObject().toByteArray(), StandardCharsets.UTF_8);
    return text.replace('\uFFFE', '\uFFFD').replace('\uFFFF', '\uFFFD');
  }
}
