// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** The batch calls: up to ten entries with ids of their own, each of which succeeds or fails. */
final class SqsBatchCalls {

  private static final int MAX_ENTRIES = 10;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private SqsBatchCalls() {}

  static String send(SqsQueue queue, SqsRequest request) {
    return each(
        request,
        SqsBatchCalls::requireSize,
        (json, entry) -> SqsProtocol.writeSent(json, queue.send(entry.outgoing(), true), entry));
  }

  static String delete(SqsQueue queue, SqsRequest request) {
    return each(
        request,
        entries -> {},
        (json, entry) ->
            queue.delete(entry.required("ReceiptHandle"), "DeleteMessageBatch by a client"));
  }

  static String changeVisibility(SqsQueue queue, SqsRequest request) {
    return each(
        request,
        entries -> {},
        (json, entry) -> {
          Integer seconds = entry.number("VisibilityTimeout");
          queue.changeVisibility(entry.required("ReceiptHandle"), seconds == null ? 0 : seconds);
        });
  }

  private interface Check {
    void check(List<SqsRequest> entries);
  }

  private static String each(
      SqsRequest request, Check check, BiConsumer<JsonWriter, SqsRequest> call) {
    List<SqsRequest> entries = request.entries();
    requireEntries(entries);
    check.check(entries);
    JsonWriter successful = new JsonWriter().beginArray();
    Map<String, SqsRefusal> failed = new LinkedHashMap<>();
    for (SqsRequest entry : entries) {
      String id = entry.required("Id");
      int mark = successful.mark();
      try {
        successful.beginObject().name("Id").value(id);
        call.accept(successful, entry);
        successful.endObject();
      } catch (SqsRefusal refusal) {
        successful.reset(mark);
        failed.put(id, refusal);
      }
    }
    byte[] done = successful.endArray().toByteArray();
    return SqsProtocol.object(
        json -> {
          json.name("Successful").rawJson(done);
          json.name("Failed").beginArray();
          failed.forEach((id, refusal) -> write(json.beginObject(), id, refusal));
          json.endArray();
        });
  }

  private static void write(JsonWriter json, String id, SqsRefusal refusal) {
    json.name("Id").value(id);
    json.name("Code").value(refusal.code());
    json.name("Message").value(refusal.text());
    json.name("SenderFault").value(true).endObject();
  }

  private static void requireEntries(List<SqsRequest> entries) {
    if (entries.isEmpty()) {
      throw SqsRefusal.prefixed(
          "EmptyBatchRequest", "There should be at least one entry in the request.");
    }
    if (entries.size() > MAX_ENTRIES) {
      throw SqsRefusal.prefixed(
          "TooManyEntriesInBatchRequest",
          "Maximum number of entries per request are 10. You have sent " + entries.size() + ".");
    }
    Set<String> ids = new HashSet<>();
    for (SqsRequest entry : entries) {
      String id = entry.required("Id");
      if (!ID.matcher(id).matches()) {
        throw SqsRefusal.prefixed(
            "InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It"
                + " can be at most 80 letters long.");
      }
      if (!ids.add(id)) {
        throw SqsRefusal.prefixed("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
      }
    }
  }

  private static void requireSize(List<SqsRequest> entries) {
    long size = entries.stream().mapToLong(SqsBatchCalls::size).sum();
    if (size > SqsRules.MAX_BYTES) {
      throw SqsRefusal.prefixed(
          "BatchRequestTooLong",
          "Batch requests cannot be longer than "
              + SqsRules.MAX_BYTES
              + " bytes. You have sent "
              + size
              + " bytes.");
    }
  }

  private static long size(SqsRequest entry) {
    return entry.text("MessageBody") == null ? 0 : entry.outgoing().size();
  }
}
