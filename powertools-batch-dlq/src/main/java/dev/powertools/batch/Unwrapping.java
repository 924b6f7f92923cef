// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonTree.Duplicates;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes envelopes off the bodies of one handler's messages. Thread-safe.
 *
 * @param declared the envelopes that must be there, outermost first; none for those that are
 *     recognised
 * @param type what payloads are read as
 */
record Unwrapping(List<Envelope> declared, Type type) {

  private static final int MOST_LAYERS = 3;

  /**
   * What was inside.
   *
   * @param text the payload
   * @param headers what the envelopes say
   * @param testEvent whether it is S3's test, and nothing to be handled
   */
  record Content(String text, Map<String, String> headers, boolean testEvent) {}

  /**
   * Takes envelopes off.
   *
   * @throws UndecodableRecordException if a declared one is not there
   */
  Content open(String recordId, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    String text = body;
    List<Envelope> open = declared;
    for (int layer = 0; layer < (declared.isEmpty() ? MOST_LAYERS : declared.size()); layer++) {
      Map<?, ?> members = members(text);
      if (members != null && isTest(members) && expectsS3(layer)) {
        return new Content(text, headers, true);
      }
      Envelope envelope =
          declared.isEmpty() ? recognised(members) : require(recordId, open.get(layer), members);
      if (envelope == null || members == null) {
        break;
      }
      headers(envelope, members).forEach(headers::putIfAbsent);
      text = content(recordId, envelope, members, text);
      if (declared.isEmpty() && envelope != Envelope.SNS) {
        break; // what is inside is the user's own
      }
    }
    return new Content(text, headers, false);
  }

  private boolean expectsS3(int layer) {
    return declared.isEmpty() || declared.get(layer) == Envelope.S3;
  }

  private static @Nullable Map<?, ?> members(String text) {
    try {
      return JsonTree.read(text, Duplicates.MARK) instanceof Map<?, ?> map ? map : null;
    } catch (InvalidJsonException e) {
      return null;
    }
  }

  private @Nullable Envelope recognised(@Nullable Map<?, ?> members) {
    for (Envelope envelope : Envelope.values()) {
      if (members != null && EnvelopeShape.is(envelope, members) && !isAskedFor(envelope)) {
        return envelope;
      }
    }
    return null;
  }

  private Envelope require(String recordId, Envelope envelope, @Nullable Map<?, ?> members) {
    if (members == null || !EnvelopeShape.is(envelope, members)) {
      throw refused(
          recordId,
          "it is not in the envelope of "
              + envelope
              + " that @Unwrap declares"
              + (envelope == Envelope.SNS ? " (with raw message delivery there is none)" : ""));
    }
    return envelope;
  }

  private UndecodableRecordException refused(String recordId, String problem) {
    return new UndecodableRecordException(recordId, type, problem, null);
  }

  /** Whether the payload type has a property for what is inside, and so means the envelope. */
  private boolean isAskedFor(Envelope envelope) {
    if (!(type instanceof Class<?> c)) {
      return false;
    }
    if (c.isRecord()) {
      for (RecordComponent component : c.getRecordComponents()) {
        if (component.getName().equalsIgnoreCase(envelope.content)) {
          return true;
        }
      }
      return false;
    }
    String getter = "get" + envelope.content;
    return List.of(c.getMethods()).stream()
        .anyMatch(m -> m.getName().equalsIgnoreCase(getter) && m.getParameterCount() == 0);
  }

  private static boolean isTest(Map<?, ?> members) {
    return "s3:TestEvent".equals(members.get("Event"))
        && "Amazon S3".equals(members.get("Service"))
        && members.get("Bucket") instanceof String;
  }

  private static Map<String, String> headers(Envelope envelope, Map<?, ?> members) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (envelope == Envelope.SNS && members.get("MessageAttributes") instanceof Map<?, ?> given) {
      given.forEach(
          (name, attribute) -> {
            if (attribute instanceof Map<?, ?> typed && typed.get("Value") instanceof String text) {
              headers.put(String.valueOf(name), text);
            }
          });
    }
    members.forEach(
        (name, value) -> {
          if (value instanceof String text && !name.equals(envelope.content)) {
            headers.putIfAbsent(String.valueOf(name), text);
          }
        });
    return headers;
  }

  private String content(String recordId, Envelope envelope, Map<?, ?> members, String text) {
    if (members.get(envelope.content) instanceof String message) {
      return message;
    }
    if (envelope != Envelope.S3) {
      return raw(text, envelope.content, -1);
    }
    if (isAskedFor(envelope)) {
      return text;
    }
    int count = members.get(envelope.content) instanceof List<?> list ? list.size() : 0;
    if (isList()) {
      return raw(text, envelope.content, -1);
    }
    if (count != 1) {
      throw refused(
          recordId, "the notification of S3 has " + count + " records. Take a List of them");
    }
    return raw(text, envelope.content, 0);
  }

  private boolean isList() {
    return (type instanceof ParameterizedType generic
            && generic.getRawType() instanceof Class<?> raw
            && Collection.class.isAssignableFrom(raw))
        || (type instanceof Class<?> c && c.isArray() && c != byte[].class);
  }

  /** A member as it stands in the text, or one element of it. */
  private static String raw(String text, String member, int element) {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    Supplier<byte[]> found = EventParser.read(json, "An envelope", in -> find(in, member, element));
    return new String(found.get(), StandardCharsets.UTF_8);
  }

  private static Supplier<byte[]> find(EventParser in, String member, int element)
      throws IOException {
    Supplier<byte[]> found = () -> new byte[0];
    for (String name = in.member(); name != null; name = in.member()) {
      if (name.equals(member)) {
        found = element < 0 ? in.value() : in.firstElement();
      } else {
        in.skip();
      }
    }
    return found;
  }
}
