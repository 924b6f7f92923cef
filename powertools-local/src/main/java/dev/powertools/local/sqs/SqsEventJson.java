// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import dev.powertools.core.json.JsonWriter;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The event that a function gets for a batch of messages, in AWS's form.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Example events</a>
 */
final class SqsEventJson {
  private SqsEventJson() {}

  static byte[] write(List<Message> messages, LocalQueue queue) {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("Records").beginArray();
    messages.forEach(message -> record(json, message, queue));
    return json.endArray().endObject().toByteArray();
  }

  private static void record(JsonWriter json, Message message, LocalQueue queue) {
    json.beginObject();
    json.name("messageId").value(message.messageId());
    json.name("receiptHandle").value(message.receiptHandle());
    json.name("body").value(message.body());
    json.name("attributes").beginObject();
    message.attributesAsStrings().forEach((name, value) -> json.name(name).value(value));
    json.endObject();
    json.name("messageAttributes").beginObject();
    message.messageAttributes().forEach((name, value) -> attribute(json.name(name), value));
    json.endObject();
    optional(json, "md5OfMessageAttributes", message.md5OfMessageAttributes());
    json.name("md5OfBody").value(message.md5OfBody());
    json.name("eventSource").value("aws:sqs");
    json.name("eventSourceARN").value(queue.arn());
    json.name("awsRegion").value(queue.region());
    json.endObject();
  }

  private static void attribute(JsonWriter json, MessageAttributeValue value) {
    json.beginObject();
    optional(json, "stringValue", value.stringValue());
    SdkBytes binary = value.binaryValue();
    optional(json, "binaryValue", binary == null ? null : base64(binary));
    json.name("stringListValues").beginArray();
    value.stringListValues().forEach(json::value);
    json.endArray();
    json.name("binaryListValues").beginArray();
    value.binaryListValues().forEach(item -> json.value(base64(item)));
    json.endArray();
    json.name("dataType").value(value.dataType());
    json.endObject();
  }

  private static void optional(JsonWriter json, String name, @Nullable String value) {
    if (value != null) {
      json.name(name).value(value);
    }
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }
}
