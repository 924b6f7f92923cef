// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.local.aws.AwsAnswer;
import dev.powertools.local.aws.AwsRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * SQS's JSON protocol over the simulated queues.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html">API
 *     reference</a>
 */
final class SqsProtocol {

  private static final String JSON = "application/x-amz-json-1.0";
  private static final int MAX_RECEIVE = 10;

  private final SimulatedQueues queues;

  SqsProtocol(SimulatedQueues queues) {
    this.queues = queues;
  }

  AwsAnswer answer(AwsRequest request) {
    try {
      return AwsAnswer.json(200, dispatch(request.operation(), read(request)));
    } catch (SqsRefusal refusal) {
      return refused(refusal);
    }
  }

  private static SqsRequest read(AwsRequest request) {
    try {
      return new SqsRequest(JsonTree.read(request.body(), JsonTree.Duplicates.REFUSE));
    } catch (InvalidJsonException e) {
      throw SqsRefusal.plain("SerializationException", String.valueOf(e.getMessage()));
    }
  }

  private static AwsAnswer refused(SqsRefusal refusal) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("__type").value("com.amazonaws.sqs#" + refusal.type());
    json.name("message").value(refusal.text());
    return new AwsAnswer(
        400,
        Map.of("Content-Type", JSON, "x-amzn-query-error", refusal.code() + ";Sender"),
        json.endObject().toByteArray());
  }

  private String dispatch(String operation, SqsRequest request) {
    return switch (operation) {
      case "ReceiveMessage" -> receive(request);
      case "SendMessage" -> change(w -> send(w, request));
      case "SendMessageBatch" ->
          change(w -> SqsBatchCalls.send(queueToSendTo(w, request), request));
      case "DeleteMessage" -> change(w -> delete(w, request));
      case "DeleteMessageBatch" -> change(w -> SqsBatchCalls.delete(queue(w, request), request));
      case "ChangeMessageVisibility" -> change(w -> changeVisibility(w, request));
      case "ChangeMessageVisibilityBatch" ->
          change(w -> SqsBatchCalls.changeVisibility(queue(w, request), request));
      case "CreateQueue" -> change(w -> create(w, request));
      case "SetQueueAttributes" -> change(w -> setAttributes(w, request));
      case "PurgeQueue" -> change(w -> purge(w, request));
      case "StartMessageMoveTask" -> change(w -> SqsMoveTask.run(w, request));
      case "GetQueueUrl" -> queues.within(w -> url(w.byName(request.required("QueueName"))));
      case "GetQueueAttributes" -> queues.within(w -> attributes(w, request));
      case "ListQueues" -> queues.within(w -> list(w, request));
      case "ListDeadLetterSourceQueues" -> queues.within(w -> sources(w, request));
      default ->
          throw SqsRefusal.prefixed(
              "UnsupportedOperation", "The simulated queues have no operation '" + operation + "'");
    };
  }

  /** A call that may change the queues. */
  private String change(Function<SqsWorld, String> call) {
    return queues.told(() -> queues.within(call));
  }

  private static SqsQueue queue(SqsWorld world, SqsRequest request) {
    return world.byUrl(request.required("QueueUrl"));
  }

  private SqsQueue queueToSendTo(SqsWorld world, SqsRequest request) {
    String url = request.required("QueueUrl");
    String name = url.substring(url.lastIndexOf('/') + 1);
    return queues.createOnSend() && !world.has(name)
        ? world.create(name, Map.of())
        : world.byName(name);
  }

  private String send(SqsWorld world, SqsRequest request) {
    SqsStored sent = queueToSendTo(world, request).send(request.outgoing(), true);
    return object(json -> writeSent(json, sent, request));
  }

  static void writeSent(JsonWriter json, SqsStored sent, SqsRequest request) {
    json.name("MessageId").value(sent.id);
    json.name("MD5OfMessageBody").value(SqsDigest.ofBody(request.required("MessageBody")));
    optional(
        json,
        "MD5OfMessageAttributes",
        SqsDigest.ofAttributes(request.attributes("MessageAttributes")));
    optional(
        json,
        "MD5OfMessageSystemAttributes",
        SqsDigest.ofAttributes(request.attributes("MessageSystemAttributes")));
    optional(json, "SequenceNumber", sent.sequence);
  }

  private String delete(SqsWorld world, SqsRequest request) {
    queue(world, request).delete(request.required("ReceiptHandle"), "DeleteMessage by a client");
    return "{}";
  }

  private String changeVisibility(SqsWorld world, SqsRequest request) {
    Integer seconds = request.number("VisibilityTimeout");
    if (seconds == null) {
      throw SqsRefusal.missing("VisibilityTimeout");
    }
    queue(world, request).changeVisibility(request.required("ReceiptHandle"), seconds);
    return "{}";
  }

  // ---- receiving

  private String receive(SqsRequest request) {
    Integer max = request.number("MaxNumberOfMessages");
    Integer visibility = request.number("VisibilityTimeout");
    Integer wait = request.number("WaitTimeSeconds");
    SqsRules.requireRange("MaxNumberOfMessages", max, 1, MAX_RECEIVE);
    SqsRules.requireRange("VisibilityTimeout", visibility, 0, SqsRules.MAX_VISIBILITY);
    SqsRules.requireRange("WaitTimeSeconds", wait, 0, 20);
    int most = max == null ? 1 : max;
    String name = queues.within(w -> queue(w, request).names.name());
    int seconds = wait == null ? queues.within(w -> w.byName(name).settings().waitSeconds()) : wait;
    Instant end = queues.clock().now().plusSeconds(seconds);
    List<SqsReceived> received = receiveNow(name, most, visibility, seconds == 0);
    while (received.isEmpty() && queues.clock().now().isBefore(end)) {
      queues.clock().advanceTo(nextChange(name, end));
      received = receiveNow(name, most, visibility, false);
    }
    List<SqsReceived> messages = received;
    return object(json -> new SqsMessageJson(request).write(json, messages));
  }

  private List<SqsReceived> receiveNow(
      String name, int max, @Nullable Integer visibility, boolean strict) {
    return queues.told(
        () ->
            queues.within(
                w -> {
                  SqsQueue queue = w.byName(name);
                  if (strict && !queue.settings().fifo() && queue.room(w.now()) == 0) {
                    throw SqsRefusal.plain(
                        "OverLimit", "Too many messages in flight: " + w.inFlightLimit);
                  }
                  return queue.receive(max, visibility);
                }));
  }

  /** When a long poll has to look again: something may be due, or somebody may send. */
  private Instant nextChange(String name, Instant end) {
    Instant now = queues.clock().now();
    Instant next = end;
    for (Instant candidate :
        List.of(queues.nextReceivable(name).orElse(end), queues.clock().nextPlan().orElse(end))) {
      next = candidate.isBefore(next) ? candidate : next;
    }
    return next.isBefore(now) ? now : next;
  }

  // ---- queues

  private String create(SqsWorld world, SqsRequest request) {
    return url(world.create(request.required("QueueName"), request.textMap("Attributes")));
  }

  private String setAttributes(SqsWorld world, SqsRequest request) {
    SqsQueue queue = queue(world, request);
    SqsSettings changed = queue.settings().with(request.textMap("Attributes"));
    world.requireTarget(changed);
    queue.settings(changed);
    return "{}";
  }

  private String purge(SqsWorld world, SqsRequest request) {
    queue(world, request).purge();
    return "{}";
  }

  private static String url(SqsQueue queue) {
    return object(json -> json.name("QueueUrl").value(queue.names.url()));
  }

  private String attributes(SqsWorld world, SqsRequest request) {
    SqsQueue queue = queue(world, request);
    Instant now = world.now();
    Map<String, String> all = new LinkedHashMap<>(queue.settings().attributes());
    all.put("QueueArn", queue.names.arn());
    long visible = queue.messages().stream().filter(m -> m.isVisible(now)).count();
    long inFlight = queue.messages().stream().filter(m -> m.inFlight(now)).count();
    all.put("ApproximateNumberOfMessages", "" + visible);
    all.put("ApproximateNumberOfMessagesNotVisible", "" + inFlight);
    all.put(
        "ApproximateNumberOfMessagesDelayed", "" + (queue.messages().size() - visible - inFlight));
    List<String> wanted = request.texts("AttributeNames");
    if (!wanted.contains("All")) {
      all.keySet().retainAll(wanted);
    }
    return object(
        json -> {
          json.name("Attributes").beginObject();
          all.forEach((name, value) -> json.name(name).value(value));
          json.endObject();
        });
  }

  private String list(SqsWorld world, SqsRequest request) {
    String prefix = request.text("QueueNamePrefix");
    return urls(
        "QueueUrls",
        world.queues().stream()
            .map(queue -> queue.names)
            .filter(names -> prefix == null || names.name().startsWith(prefix))
            .map(names -> names.url())
            .toList());
  }

  private String sources(SqsWorld world, SqsRequest request) {
    SqsQueue target = queue(world, request);
    return urls(
        "queueUrls",
        SqsMoveTask.sourcesOf(target, world).stream().map(q -> q.names.url()).toList());
  }

  private static String urls(String member, List<String> urls) {
    return object(json -> json.name(member).value(urls));
  }

  static String object(Consumer<JsonWriter> members) {
    JsonWriter json = new JsonWriter().beginObject();
    members.accept(json);
    return new String(json.endObject().toByteArray(), StandardCharsets.UTF_8);
  }

  static void optional(JsonWriter json, String name, @Nullable String value) {
    if (value != null) {
      json.name(name).value(value);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
