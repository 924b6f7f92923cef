// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

/**
 * Refuses claims on a whole batch of records: one claim for all of them would repeat or skip all of
 * them together. Told by the type of the event, or, where that says nothing, by the event.
 */
final class WholeBatch {

  private static final String EVENTS = "com.amazonaws.services.lambda.runtime.events.";
  private static final Set<String> TYPES =
      Set.of(
          EVENTS + "SQSEvent",
          EVENTS + "KinesisEvent",
          EVENTS + "KinesisFirehoseEvent",
          EVENTS + "DynamodbEvent",
          EVENTS + "KafkaEvent",
          EVENTS + "ActiveMQEvent",
          EVENTS + "RabbitMQEvent");
  private static final Set<String> SOURCES =
      Set.of(
          "aws:sqs",
          "aws:kinesis",
          "aws:dynamodb",
          "aws:kafka",
          "SelfManagedKafka",
          "aws:mq",
          "aws:rmq");
  private static final JsonPointer SOURCE_OF_RECORD = JsonPointer.of("/Records/0/eventSource");
  private static final JsonPointer SOURCE = JsonPointer.of("/eventSource");

  private WholeBatch() {}

  /** Refuses the type of an event. */
  static void refuse(Class<?> event) {
    for (Class<?> c = event; c != null; c = c.getSuperclass()) {
      if (TYPES.contains(c.getName())) {
        throw refusal(event.getSimpleName() + " is");
      }
    }
  }

  /** Whether only the event itself can tell. */
  static boolean isUnknown(Class<?> event) {
    return event == Object.class
        || event == byte[].class
        || event == String.class
        || event == InputStream.class
        || Map.class.isAssignableFrom(event);
  }

  /** Refuses events, before anything else is done. */
  static Interceptor refusing(Interceptor link) {
    return invocation -> {
      refuse(invocation.function().event());
      return link.intercept(invocation);
    };
  }

  private static void refuse(EventView event) {
    String source = event.text(SOURCE_OF_RECORD).or(() -> event.text(SOURCE)).orElse("");
    if (SOURCES.contains(source)) {
      throw refusal("the event, which comes from " + source + ", is");
    }
  }

  private static ConfigurationException refusal(String what) {
    return new ConfigurationException(
        what
            + " a whole batch: one claim for all of its records would repeat or skip all of them"
            + " together. Put @Idempotent on the method that handles one record.");
  }
}
