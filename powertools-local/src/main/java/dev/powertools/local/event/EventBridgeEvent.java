// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonTree.Duplicates;
import dev.powertools.core.json.JsonWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * An event of EventBridge. Immutable: each method gives a new one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html">Events
 *     in EventBridge</a>
 */
public final class EventBridgeEvent extends ToldEvent<EventBridgeEvent> {

  private static final Setting<String> ID = new Setting<>();
  private static final Setting<String> SOURCE = new Setting<>();
  private static final Setting<String> DETAIL_TYPE = new Setting<>();
  private static final Setting<String> DETAIL = new Setting<>();
  private static final Setting<List<String>> RESOURCES = new Setting<>();

  EventBridgeEvent(Settings settings) {
    super(settings);
  }

  @Override
  EventBridgeEvent with(Settings changed) {
    return new EventBridgeEvent(changed);
  }

  /** Its id; by default one that follows from the rest of it. */
  public EventBridgeEvent id(String id) {
    return with(ID, Refused.blank("id", id, "leave it out to get one"));
  }

  /** Who sent it, such as {@code com.acme.shop} or {@code aws.s3}; {@code test} by default. */
  public EventBridgeEvent source(String source) {
    return with(SOURCE, Refused.blank("source", source, "EventBridge requires one"));
  }

  /** What it tells, such as {@code Order Placed}; {@code Test} by default. */
  public EventBridgeEvent detailType(String type) {
    if (type.length() > 128) {
      throw Refused.value("detailType", type, "EventBridge takes at most 128 characters");
    }
    return with(DETAIL_TYPE, Refused.blank("detailType", type, "EventBridge requires one"));
  }

  /**
   * Its content: JSON text as it is, anything else as its JSON; an empty object by default.
   *
   * @throws IllegalArgumentException if it is no JSON object
   */
  public EventBridgeEvent detail(Object detail) {
    String json = Payload.text(detail);
    try {
      if (JsonTree.read(json, Duplicates.REFUSE) instanceof Map) {
        return with(DETAIL, json);
      }
    } catch (InvalidJsonException e) {
      throw Refused.value("detail", json, "EventBridge takes a JSON object: " + e.getMessage());
    }
    throw Refused.value("detail", json, "EventBridge takes a JSON object");
  }

  /** ARNs of what it is about; none by default. */
  public EventBridgeEvent resources(String... arns) {
    return with(RESOURCES, List.of(arns));
  }

  @Override
  void write(JsonWriter json) {
    String source = settings.or(SOURCE, "test");
    String type = settings.or(DETAIL_TYPE, "Test");
    String detail = settings.or(DETAIL, "{}");
    json.beginObject();
    json.name("version").value("0");
    json.name("id").value(settings.or(ID, Defaults.uuid(source, type, detail, at())));
    json.name("detail-type").value(type);
    json.name("source").value(source);
    json.name("account").value(account());
    json.name("time").value(at().truncatedTo(ChronoUnit.SECONDS).toString());
    json.name("region").value(region());
    json.name("resources").value(settings.list(RESOURCES));
    json.name("detail").rawJson(detail);
    json.endObject();
  }
}
