// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch of changes of a DynamoDB table, from its stream. Items are given as plain Java values:
 * text, numbers, booleans, null, {@code byte[]}, lists, maps, and sets of one kind. Immutable: each
 * method gives a new one.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Lambda and DynamoDB</a>
 */
public final class DynamoDbStreamEvent extends ToldEvent<DynamoDbStreamEvent> {

  private static final Setting<String> TABLE = new Setting<>();
  private static final Setting<List<String>> KEYS = new Setting<>();
  private static final Setting<ViewType> VIEW = new Setting<>();
  private static final Setting<List<Change>> CHANGES = new Setting<>();
  private static final BigInteger FIRST = new BigInteger("4421584500000000017450439091");

  /** What of an item a stream tells. */
  public enum ViewType {
    /** Only its key. */
    KEYS_ONLY(false, false),
    /** The item as it is after the change. */
    NEW_IMAGE(true, false),
    /** The item as it was before the change. */
    OLD_IMAGE(false, true),
    /** Both. */
    NEW_AND_OLD_IMAGES(true, true);

    private final boolean after;
    private final boolean before;

    ViewType(boolean after, boolean before) {
      this.after = after;
      this.before = before;
    }
  }

  private enum Kind {
    INSERT,
    MODIFY,
    REMOVE
  }

  private record Change(
      Kind kind,
      @Nullable Map<String, Object> before,
      @Nullable Map<String, Object> after,
      boolean expired) {}

  DynamoDbStreamEvent(Settings settings) {
    super(settings);
  }

  @Override
  DynamoDbStreamEvent with(Settings changed) {
    return new DynamoDbStreamEvent(changed);
  }

  /** The table's name; {@code orders} by default. */
  public DynamoDbStreamEvent table(String name) {
    if (!name.matches("[A-Za-z0-9_.-]{3,255}")) {
      throw Refused.value(
          "table", name, "a table's name has 3 to 255 of A-Z, a-z, 0-9, '_', '-' and '.'");
    }
    return with(TABLE, name);
  }

  /** The names of the key attributes: partition key, perhaps sort key; {@code id} by default. */
  public DynamoDbStreamEvent keys(String... names) {
    if (names.length == 0 || names.length > 2) {
      throw Refused.value(
          "keys", List.of(names), "a table has a partition key, perhaps a sort key");
    }
    return with(KEYS, List.of(names));
  }

  /** What the stream tells; {@link ViewType#NEW_AND_OLD_IMAGES} by default. */
  public DynamoDbStreamEvent view(ViewType view) {
    return with(VIEW, view);
  }

  /** Adds a new item. */
  public DynamoDbStreamEvent insert(Map<String, ? extends @Nullable Object> item) {
    return adding(new Change(Kind.INSERT, null, DynamoDbValue.item(item), false));
  }

  /** Adds a change of an item. */
  public DynamoDbStreamEvent modify(
      Map<String, ? extends @Nullable Object> before,
      Map<String, ? extends @Nullable Object> after) {
    return adding(
        new Change(Kind.MODIFY, DynamoDbValue.item(before), DynamoDbValue.item(after), false));
  }

  /** Adds a deletion. */
  public DynamoDbStreamEvent remove(Map<String, ? extends @Nullable Object> item) {
    return adding(new Change(Kind.REMOVE, DynamoDbValue.item(item), null, false));
  }

  /** Adds a deletion by the table's time to live. */
  public DynamoDbStreamEvent expire(Map<String, ? extends @Nullable Object> item) {
    return adding(new Change(Kind.REMOVE, DynamoDbValue.item(item), null, true));
  }

  private DynamoDbStreamEvent adding(Change change) {
    return with(settings.adding(CHANGES, List.of(change)));
  }

  /** The sequence number of the change at {@code index}, by which batch failures are reported. */
  public String sequenceNumber(int index) {
    return FIRST.add(BigInteger.valueOf(index)).toString();
  }

  @Override
  void write(JsonWriter json) {
    List<Change> changes = settings.list(CHANGES);
    Refused.none(changes, "a DynamoDB stream", "insert(…), modify(…) or remove(…)");
    json.beginObject().name("Records").beginArray();
    for (int i = 0; i < changes.size(); i++) {
      write(json, changes.get(i), i);
    }
    json.endArray().endObject();
  }

  private void write(JsonWriter json, Change change, int index) {
    String table = settings.or(TABLE, "orders");
    json.beginObject();
    json.name("eventID").value(Defaults.hex(32, table, sequenceNumber(index)));
    json.name("eventName").value(change.kind.name());
    json.name("eventVersion").value("1.1");
    json.name("eventSource").value("aws:dynamodb");
    json.name("awsRegion").value(region());
    json.name("dynamodb");
    stream(json, change, index);
    if (change.expired) {
      json.name("userIdentity")
          .value(Map.of("type", "Service", "principalId", "dynamodb.amazonaws.com"));
    }
    json.name("eventSourceARN")
        .value(arn("dynamodb", "table/" + table + "/stream/2026-01-01T00:00:00.000"));
    json.endObject();
  }

  private void stream(JsonWriter json, Change change, int index) {
    ViewType view = settings.or(VIEW, ViewType.NEW_AND_OLD_IMAGES);
    Map<String, Object> keys = keys(change, index);
    Map<String, Object> after = view.after ? change.after : null;
    Map<String, Object> before = view.before ? change.before : null;
    json.beginObject();
    json.name("ApproximateCreationDateTime").value(at().getEpochSecond());
    DynamoDbValue.write(json, "Keys", keys);
    DynamoDbValue.write(json, "NewImage", after);
    DynamoDbValue.write(json, "OldImage", before);
    json.name("SequenceNumber").value(sequenceNumber(index));
    json.name("SizeBytes").value(DynamoDbValue.size(keys) + size(after) + size(before));
    json.name("StreamViewType").value(view.name());
    json.endObject();
  }

  private static long size(@Nullable Map<String, Object> item) {
    return item == null ? 0 : DynamoDbValue.size(item);
  }

  private Map<String, Object> keys(Change change, int index) {
    Map<String, Object> item = change.after != null ? change.after : change.before;
    Map<String, Object> keys = new LinkedHashMap<>();
    for (String name : settings.or(KEYS, List.of("id"))) {
      Object value = item == null ? null : item.get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "Change "
                + index
                + ": the item lacks the key attribute \""
                + name
                + "\"; add it, or name the table's key by keys(…)");
      }
      keys.put(name, value);
    }
    return keys;
  }
}
