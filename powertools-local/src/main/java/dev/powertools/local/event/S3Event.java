// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What S3 tells of changed objects. Immutable: each method gives a new one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>
 */
public final class S3Event extends ToldEvent<S3Event> {

  private static final Setting<String> BUCKET = new Setting<>();
  private static final Setting<List<S3Change>> CHANGES = new Setting<>();

  S3Event(Settings settings) {
    super(settings);
  }

  @Override
  S3Event with(Settings changed) {
    return new S3Event(changed);
  }

  /** The bucket; {@code orders} by default. */
  public S3Event bucket(String name) {
    if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw Refused.value(
          "bucket",
          name,
          "a bucket's name has 3 to 63 of a-z, 0-9, '.' and '-', none of the two at the ends");
    }
    return with(BUCKET, name);
  }

  /** Adds an object that was put. */
  public S3Event created(String key) {
    return created(key, object -> object);
  }

  /** Adds an object that was put, and says more of it. */
  public S3Event created(String key, UnaryOperator<S3Change> object) {
    return adding(object.apply(S3Change.of(key, "ObjectCreated:Put")));
  }

  /** Adds an object that was deleted. */
  public S3Event removed(String key) {
    return adding(S3Change.of(key, "ObjectRemoved:Delete"));
  }

  private S3Event adding(S3Change change) {
    return with(settings.adding(CHANGES, List.of(change)));
  }

  @Override
  void write(JsonWriter json) {
    List<S3Change> changes = settings.list(CHANGES);
    Refused.none(changes, "S3", "created(…) or removed(…)");
    json.beginObject().name("Records").beginArray();
    for (int i = 0; i < changes.size(); i++) {
      write(json, changes.get(i), i);
    }
    json.endArray().endObject();
  }

  private void write(JsonWriter json, S3Change change, int index) {
    String bucket = settings.or(BUCKET, "orders");
    String request = Defaults.hex(16, bucket, index).toUpperCase(Locale.ROOT);
    json.beginObject();
    json.name("eventVersion").value("2.1");
    json.name("eventSource").value("aws:s3");
    json.name("awsRegion").value(region());
    json.name("eventTime").value(SnsEvent.MILLIS.format(at()));
    json.name("eventName").value(change.name());
    json.name("userIdentity").value(Map.of("principalId", "AWS:AIDACKCEVSQ6C2EXAMPLE"));
    json.name("requestParameters").value(Map.of("sourceIPAddress", "192.0.2.1"));
    json.name("responseElements").beginObject();
    json.name("x-amz-request-id").value(request);
    json.name("x-amz-id-2").value("EXAMPLE" + request);
    json.endObject();
    json.name("s3").beginObject();
    json.name("s3SchemaVersion").value("1.0");
    json.name("configurationId").value("notification");
    json.name("bucket").beginObject();
    json.name("name").value(bucket);
    json.name("ownerIdentity").value(Map.of("principalId", "A3NL1KOZZKExample"));
    json.name("arn").value("arn:aws:s3:::" + bucket);
    json.endObject();
    change.write(json.name("object"), index);
    json.endObject().endObject();
  }
}
