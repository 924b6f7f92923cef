// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.WorkContext;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the message in a unit of work: a record of a batch, or the one record of an event, or the
 * detail of an event. Where two places might be meant, none is.
 */
final class Letters {

  private static final String ATTRIBUTE = TenantEnvelope.ATTRIBUTE;
  private static final String RECORD = "/Records/0";
  private static final JsonPointer ROOT = JsonPointer.root();
  private static final JsonPointer SECOND = JsonPointer.of("/Records/1");
  private static final JsonPointer DETAIL = JsonPointer.of("/detail");
  private static final JsonPointer DETAIL_TYPE = JsonPointer.of("/detail-type");

  private static final JsonPointer SQS_BODY = JsonPointer.of(RECORD + "/body");
  private static final JsonPointer SQS_QUEUE = JsonPointer.of(RECORD + "/eventSourceARN");
  private static final JsonPointer SQS_SENT = JsonPointer.of(RECORD + "/attributes/SentTimestamp");
  private static final JsonPointer SQS_ATTRIBUTE =
      JsonPointer.of(RECORD + "/messageAttributes/" + ATTRIBUTE + "/stringValue");

  private static final JsonPointer SNS_TOPIC = JsonPointer.of(RECORD + "/Sns/TopicArn");
  private static final JsonPointer SNS_BODY = JsonPointer.of(RECORD + "/Sns/Message");
  private static final JsonPointer SNS_SENT = JsonPointer.of(RECORD + "/Sns/Timestamp");
  private static final JsonPointer SNS_ATTRIBUTE =
      JsonPointer.of(RECORD + "/Sns/MessageAttributes/" + ATTRIBUTE + "/Value");

  private static final JsonPointer WRAPPED_BODY = JsonPointer.of("/Message");
  private static final JsonPointer WRAPPED_TYPE = JsonPointer.of("/Type");
  private static final JsonPointer WRAPPED_ATTRIBUTE =
      JsonPointer.of("/MessageAttributes/" + ATTRIBUTE + "/Value");

  private Letters() {}

  /**
   * The message.
   *
   * @param fromTopics whether a queue's message may be what a topic has wrapped
   * @return {@code null} if the unit of work is none
   * @throws EnvelopeRefusedException if it has no envelope, or more than one
   */
  static @Nullable Letter in(FunctionInvocation work, boolean fromTopics) {
    EventView event = work.event();
    WorkContext record = work.workContext().orElse(null);
    if (record != null) {
      Optional<String> sent = record.attribute("SentTimestamp");
      String body = event.text(ROOT).orElse(null);
      return queued(record.header(ATTRIBUTE), body, record.source(), sent, fromTopics);
    }
    if (exact(event, SQS_BODY).isPresent()) {
      requireOne(event);
      return queued(
          exact(event, SQS_ATTRIBUTE),
          exact(event, SQS_BODY).orElse(null),
          exact(event, SQS_QUEUE).orElse(""),
          exact(event, SQS_SENT),
          fromTopics);
    }
    if (exact(event, SNS_BODY).isPresent()) {
      requireOne(event);
      String envelope = exact(event, SNS_ATTRIBUTE).orElseThrow(Letters::missing);
      String body = exact(event, SNS_BODY).orElseThrow(Letters::missing);
      String topic = exact(event, SNS_TOPIC).orElseThrow(Letters::missing);
      return new Letter(envelope, body, "", topic, time(event.text(SNS_SENT)));
    }
    return event.exists(DETAIL_TYPE) ? ofDetail(event) : null;
  }

  private static Letter queued(
      Optional<String> attribute,
      @Nullable String body,
      String queue,
      Optional<String> sent,
      boolean fromTopics) {
    if (body == null) {
      throw missing();
    }
    EventView wrapper = fromTopics ? EventView.of(body) : EventView.empty();
    Optional<String> wrapped =
        exact(wrapper, WRAPPED_TYPE).filter("Notification"::equals).isPresent()
            ? exact(wrapper, WRAPPED_ATTRIBUTE)
            : Optional.empty();
    if (wrapped.isEmpty()) {
      String envelope = attribute.orElseThrow(Letters::missing);
      return new Letter(envelope, body, queue, "", time(sent));
    }
    if (attribute.isPresent()) {
      throw new EnvelopeRefusedException(EnvelopeRefusal.DOUBLED);
    }
    String message = exact(wrapper, WRAPPED_BODY).orElseThrow(Letters::missing);
    return new Letter(wrapped.get(), message, queue, "", time(sent));
  }

  private static Letter ofDetail(EventView event) {
    byte[] detail = event.json(DETAIL).orElseThrow(Letters::missing);
    EventDetail read = EventDetail.read(detail);
    return new Letter(read.envelope(), read.canonical(), "", "", null);
  }

  private static Optional<String> exact(EventView event, JsonPointer pointer) {
    return event.exactly(pointer).filter(String.class::isInstance).map(String.class::cast);
  }

  private static void requireOne(EventView event) {
    if (event.exactly(SECOND).isPresent()) {
      throw new EnvelopeRefusedException(
          EnvelopeRefusal.DOUBLED,
          ": the event has several messages, each with a tenant of its own. Extend a batch handler,"
              + " which takes them one by one");
    }
  }

  private static EnvelopeRefusedException missing() {
    return new EnvelopeRefusedException(EnvelopeRefusal.MISSING);
  }

  /** Milliseconds, as queues tell it, or ISO-8601, as topics do. */
  private static @Nullable Instant time(Optional<String> text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return text.get().contains("T")
          ? Instant.parse(text.get())
          : Instant.ofEpochMilli(Long.parseLong(text.get()));
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }
}
