// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An event that comes again, with what the platform changes and what it keeps. A retry of an
 * asynchronous event keeps its request id. What an event source mapping polls comes in a new
 * invocation; messages of SQS then keep their ids, were received once more, and have another
 * receipt handle. Immutable.
 */
final class Redelivery {

  private static final String SQS = "aws:sqs";
  private static final Set<String> POLLED =
      Set.of(SQS, "aws:kinesis", "aws:dynamodb", "aws:kafka", "SelfManagedKafka", "aws:mq");
  private static final String RECEIVES = "ApproximateReceiveCount";
  private static final String HANDLE = "receiptHandle";

  private final byte[] original;
  private final @Nullable Object tree;
  private final String requestId = UUID.randomUUID().toString();

  private Redelivery(byte[] event) {
    this.original = event;
    this.tree = tree(event);
  }

  static Redelivery of(byte[] event) {
    return new Redelivery(event);
  }

  /** One delivery for each event; an event that was there before comes again. */
  static List<Delivery> each(List<byte[]> events) {
    List<Redelivery> originals = new ArrayList<>();
    List<Delivery> deliveries = new ArrayList<>();
    for (byte[] event : events) {
      List<Redelivery> before =
          originals.stream().filter(each -> Arrays.equals(each.original, event)).toList();
      Redelivery delivered = before.isEmpty() ? of(event) : before.get(0);
      originals.add(delivered);
      deliveries.add(delivered.delivery(before.size()));
    }
    return deliveries;
  }

  /** One invocation. */
  static final class Delivery {
    private final byte[] event;
    private final Consumer<InvokeAs> how;

    private Delivery(byte[] event, Consumer<InvokeAs> how) {
      this.event = event;
      this.how = how;
    }

    TestResponse to(TestFunction function) {
      return function.invokeBytes(event, how);
    }
  }

  /** The first delivery, 0, or a later one. */
  Delivery delivery(int number) {
    return new Delivery(event(number), how());
  }

  private static @Nullable Object tree(byte[] event) {
    try {
      return JsonTree.read(event, JsonTree.Duplicates.REFUSE);
    } catch (InvalidJsonException e) {
      return null; // a function is entitled to meet what is no JSON
    }
  }

  private byte[] event(int delivery) {
    return delivery > 0 && SQS.equals(source()) ? receivedAgain(delivery) : original;
  }

  private Consumer<InvokeAs> how() {
    return POLLED.contains(source()) ? fresh -> {} : options -> options.requestId(requestId);
  }

  private String source() {
    if (!(tree instanceof Map<?, ?> event)) {
      return "";
    }
    Object first =
        event.get("Records") instanceof List<?> records && !records.isEmpty()
            ? records.get(0)
            : event;
    return first instanceof Map<?, ?> map ? String.valueOf(map.get("eventSource")) : "";
  }

  private byte[] receivedAgain(int delivery) {
    Map<Object, @Nullable Object> event = copy(tree);
    List<Object> records = new ArrayList<>();
    if (event.get("Records") instanceof List<?> messages) {
      messages.forEach(each -> records.add(again(copy(each), delivery)));
    }
    event.put("Records", records);
    JsonWriter json = new JsonWriter();
    json.value(event);
    return json.toByteArray();
  }

  private static Map<Object, @Nullable Object> again(
      Map<Object, @Nullable Object> message, int delivery) {
    Map<Object, @Nullable Object> attributes = copy(message.get("attributes"));
    attributes.put(RECEIVES, String.valueOf(receives(attributes.get(RECEIVES)) + delivery));
    message.put("attributes", attributes);
    message.put(HANDLE, message.get(HANDLE) + "-" + delivery);
    return message;
  }

  private static long receives(@Nullable Object count) {
    String text = String.valueOf(count);
    return text.matches("\\d{1,9}") ? Long.parseLong(text) : 1;
  }

  private static Map<Object, @Nullable Object> copy(@Nullable Object map) {
    return map instanceof Map<?, ?> present ? new LinkedHashMap<>(present) : new LinkedHashMap<>();
  }
}
