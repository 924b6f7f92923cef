// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Events that hold records: SQS, SNS, Kinesis, DynamoDB streams, S3. */
final class RecordFacts {

  private static final JsonPointer SOURCE = JsonPointer.of("/Records/0/eventSource");
  private static final JsonPointer ARN = JsonPointer.of("/Records/0/eventSourceARN");
  private static final JsonPointer TOPIC = JsonPointer.of("/Records/0/Sns/TopicArn");
  private static final JsonPointer CHANGE = JsonPointer.of("/Records/0/eventName");
  private static final JsonPointer BUCKET = JsonPointer.of("/Records/0/s3/bucket/name");
  private static final JsonPointer OBJECT = JsonPointer.of("/Records/0/s3/object/key");

  private RecordFacts() {}

  static @Nullable EventFacts read(EventView event) {
    return switch (event.text(SOURCE).orElse("")) {
      case "aws:sqs" -> messages(event, event.text(ARN).orElse(""));
      case "aws:sns" -> messages(event, event.text(TOPIC).orElse(""));
      case "aws:kinesis" -> messages(event, event.text(ARN).orElse(""));
      case "aws:dynamodb" -> table(event);
      case "aws:s3" -> object(event);
      default -> null;
    };
  }

  private static EventFacts messages(EventView event, String arn) {
    int count = count(event);
    Attributes attributes = messaging(arn).put(SemConv.MESSAGES, (long) count).build();
    return new EventFacts(SpanKind.CONSUMER, processing(arn), attributes, false, count);
  }

  /** What the conventions want of a span that handles messages from this source. */
  static AttributesBuilder messaging(String arn) {
    if (service(arn).equals("dynamodb")) {
      return Attributes.builder()
          .put(SemConv.TRIGGER, "datasource")
          .put(SemConv.COLLECTION, table(arn));
    }
    AttributesBuilder attributes =
        Attributes.builder()
            .put(SemConv.TRIGGER, "pubsub")
            .put(SemConv.SYSTEM, system(arn))
            .put(SemConv.OPERATION, SemConv.PROCESS)
            .put(SemConv.OPERATION_TYPE, SemConv.PROCESS);
    String name = name(arn);
    return name.isEmpty() ? attributes : attributes.put(SemConv.DESTINATION, name);
  }

  static String processing(String arn) {
    String name = name(arn);
    return name.isEmpty() ? SemConv.PROCESS : SemConv.PROCESS + " " + name;
  }

  private static String system(String arn) {
    return switch (service(arn)) {
      case "sns" -> "aws.sns"; // the registry's spelling
      case "kinesis" -> "aws_kinesis";
      case "kafka" -> "kafka";
      default -> "aws_sqs";
    };
  }

  private static String service(String arn) {
    String[] parts = arn.split(":", 4);
    return parts.length > 2 ? parts[2] : "";
  }

  /** The name of a queue, a topic, a stream, a table; a Kafka cluster's says nothing of topics. */
  private static String name(String arn) {
    return switch (service(arn)) {
      case "dynamodb" -> table(arn);
      case "kafka" -> "";
      default -> last(arn);
    };
  }

  /** The name at the end of an ARN. */
  private static String last(String arn) {
    return arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
  }

  private static EventFacts table(EventView event) {
    return data(table(event.text(ARN).orElse("")), change(event), null);
  }

  private static String table(String arn) {
    String[] parts = arn.split("/", 3);
    return parts.length > 1 ? parts[1] : "";
  }

  private static EventFacts object(EventView event) {
    return data(event.text(BUCKET).orElse(""), change(event), event.text(OBJECT).orElse(null));
  }

  private static String change(EventView event) {
    String name = event.text(CHANGE).orElse("").toUpperCase(Locale.ROOT);
    if (name.startsWith("INSERT") || name.startsWith("OBJECTCREATED")) {
      return "insert";
    }
    return name.startsWith("REMOVE") || name.startsWith("OBJECTREMOVED") ? "delete" : "edit";
  }

  private static EventFacts data(String collection, String operation, @Nullable String document) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(SemConv.TRIGGER, "datasource")
            .put(SemConv.COLLECTION, collection)
            .put(SemConv.DOCUMENT_OPERATION, operation);
    if (document != null) {
      attributes.put(SemConv.DOCUMENT, document);
    }
    return new EventFacts(SpanKind.SERVER, null, attributes.build(), false, 0);
  }

  /** Doubles until there is no such record, then halves: a batch has up to ten thousand. */
  private static int count(EventView event) {
    int present = 0;
    int absent = 1;
    while (exists(event, absent)) {
      present = absent;
      absent *= 2;
    }
    while (absent - present > 1) {
      int middle = (present + absent) / 2;
      if (exists(event, middle)) {
        present = middle;
      } else {
        absent = middle;
      }
    }
    return present + 1;
  }

  private static boolean exists(EventView event, int index) {
    return event.exists(JsonPointer.of("/Records/" + index));
  }
}
