// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.core.event.EventView;
import dev.powertools.core.json.CanonicalJson;
import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonTree.Duplicates;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The detail of an EventBridge event, which has no attributes: the envelope is a member of it, and
 * signs the rest in its canonical form, since buses and runtimes write JSON anew on its way.
 */
final class EventDetail {

  private final Map<String, @Nullable Object> members;
  private final @Nullable Object envelope;

  private EventDetail(Map<String, @Nullable Object> members) {
    this.members = members;
    this.envelope = members.remove(TenantEnvelope.ATTRIBUTE);
  }

  /** Reads a detail. */
  static EventDetail read(byte[] json) {
    try {
      if (JsonTree.read(json, Duplicates.REFUSE) instanceof Map<?, ?> object) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        object.forEach((name, value) -> members.put(String.valueOf(name), value));
        return new EventDetail(members);
      }
    } catch (InvalidJsonException e) {
      // refused below, by a message of ours
    }
    throw new EnvelopeRefusedException(
        EnvelopeRefusal.MALFORMED, ": the detail is not one JSON object whose keys differ");
  }

  /** The envelope that it has. */
  String envelope() {
    if (envelope instanceof String text) {
      return text;
    }
    throw new EnvelopeRefusedException(
        envelope == null ? EnvelopeRefusal.MISSING : EnvelopeRefusal.MALFORMED);
  }

  boolean hasEnvelope() {
    return envelope != null;
  }

  /** What is signed. */
  String canonical() {
    return new String(CanonicalJson.of(json(members)), StandardCharsets.UTF_8);
  }

  /** The detail with an envelope. */
  String with(String signed) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(members);
    more.put(TenantEnvelope.ATTRIBUTE, signed);
    return new String(json(more), StandardCharsets.UTF_8);
  }

  private static byte[] json(Map<String, @Nullable Object> object) {
    return EventView.of(object).json(JsonPointer.root()).orElseThrow();
  }
}
