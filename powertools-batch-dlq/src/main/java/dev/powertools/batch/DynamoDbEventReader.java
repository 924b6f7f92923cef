// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one record of an event of a DynamoDB stream. Confined to one thread. */
final class DynamoDbEventReader {

  private static final String TIME_TO_LIVE = "dynamodb.amazonaws.com";

  private final EventParser in;
  private final int index;
  private @Nullable String name;
  private @Nullable String arn;
  private @Nullable String eventId;
  private @Nullable String sequenceNumber;
  private Map<String, String> keys = Map.of();
  private @Nullable Supplier<byte[]> oldImage;
  private @Nullable Supplier<byte[]> newImage;
  private @Nullable Instant changed;
  private boolean expired;

  DynamoDbEventReader(EventParser in, int index) {
    this.in = in;
    this.index = index;
  }

  DynamoDbRecord read(StreamWindow window, boolean keyed) throws IOException {
    int start = in.start();
    for (String member = in.member(); member != null; member = in.member()) {
      switch (member) {
        case "eventName" -> name = in.text();
        case "eventSourceARN" -> arn = in.text();
        case "eventID" -> eventId = in.text();
        case "userIdentity" -> identity();
        case "dynamodb" -> change();
        default -> in.skip();
      }
    }
    return new DynamoDbRecord(
        kind(in.required(name, "eventName", index)),
        in.required(sequenceNumber, "dynamodb/SequenceNumber", index),
        Objects.requireNonNullElse(arn, ""),
        Objects.requireNonNullElse(eventId, ""),
        keys,
        oldImage,
        newImage,
        changed,
        expired,
        keyed,
        window,
        in.since(start));
  }

  private Change.Kind kind(String text) {
    for (Change.Kind kind : Change.Kind.values()) {
      if (kind.name().equals(text)) {
        return kind;
      }
    }
    in.require(false, "INSERT, MODIFY or REMOVE", "\"eventName\" of record " + index);
    throw new IllegalStateException(text);
  }

  private void identity() throws IOException {
    if (!in.object()) {
      return;
    }
    for (String member = in.member(); member != null; member = in.member()) {
      if (member.equals("principalId")) {
        expired = TIME_TO_LIVE.equals(in.text());
      } else {
        in.skip();
      }
    }
  }

  private void change() throws IOException {
    if (!in.object()) {
      return;
    }
    for (String member = in.member(); member != null; member = in.member()) {
      switch (member) {
        case "SequenceNumber" -> sequenceNumber = in.text();
        case "ApproximateCreationDateTime" -> changed = in.seconds();
        case "Keys" -> keys = keys();
        case "OldImage" -> oldImage = in.whole(member);
        case "NewImage" -> newImage = in.whole(member);
        default -> in.skip();
      }
    }
  }

  /** Of each key attribute its one value: text, a number, or binary in Base64. */
  private Map<String, String> keys() throws IOException {
    Map<String, String> read = new LinkedHashMap<>();
    if (!in.object()) {
      return read;
    }
    for (String member = in.member(); member != null; member = in.member()) {
      in.require(in.object(), "a typed value", "the key \"" + member + "\"");
      while (in.member() != null) {
        read.put(member, Objects.requireNonNullElse(in.text(), ""));
      }
    }
    return read;
  }
}
