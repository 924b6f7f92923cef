// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** One changed object of an {@link S3Event}. Immutable: each method gives a new one. */
public final class S3Change extends Told<S3Change> {

  private static final Setting<String> KEY = new Setting<>();
  private static final Setting<String> NAME = new Setting<>();
  private static final Setting<Long> SIZE = new Setting<>();
  private static final Setting<String> ETAG = new Setting<>();
  private static final Setting<String> VERSION = new Setting<>();

  private S3Change(Settings settings) {
    super(settings);
  }

  static S3Change of(String key, String name) {
    int bytes = Payload.bytes(key).length;
    if (bytes == 0 || bytes > 1024) {
      throw Refused.value("key", key, "a key has 1 to 1,024 bytes of UTF-8");
    }
    return new S3Change(Settings.NONE).with(KEY, key).with(NAME, name);
  }

  @Override
  S3Change with(Settings changed) {
    return new S3Change(changed);
  }

  /** What happened, such as {@code ObjectCreated:Copy}. */
  public S3Change event(String name) {
    if (!name.matches("[A-Z][A-Za-z]+:[A-Z][A-Za-z]+")) {
      throw Refused.value("event", name, "S3's events look like ObjectCreated:Put");
    }
    return with(NAME, name);
  }

  /** How many bytes it has; 1,024 by default. */
  public S3Change size(long bytes) {
    if (bytes < 0) {
      throw Refused.value("size", bytes, "an object has 0 bytes or more");
    }
    return with(SIZE, bytes);
  }

  /** Its entity tag; by default one that follows from key and size. */
  public S3Change eTag(String tag) {
    return with(ETAG, tag);
  }

  /** Its version; by default none, as in a bucket without versions. */
  public S3Change version(String id) {
    return with(VERSION, id);
  }

  String name() {
    return settings.or(NAME, "");
  }

  /** S3 encodes keys as forms are: a blank becomes '+'. */
  void write(JsonWriter json, int index) {
    String key = settings.or(KEY, "");
    long size = settings.or(SIZE, 1024L);
    json.beginObject();
    json.name("key").value(URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"));
    if (name().startsWith("ObjectCreated:")) {
      json.name("size").value(size);
      json.name("eTag").value(settings.or(ETAG, Defaults.hex(32, key, size)));
    }
    String version = settings.get(VERSION);
    if (version != null) {
      json.name("versionId").value(version);
    }
    json.name("sequencer").value(String.format("0A1B2C3D4E%08X", index));
    json.endObject();
  }
}
