// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An event that is told what to be.
 *
 * @param <S> its own type
 */
abstract class ToldEvent<S> extends Told<S> implements Event {

  ToldEvent(Settings settings) {
    super(settings);
  }

  /** When it happened; the first moment of 2026 (UTC) by default. */
  public final S at(Instant instant) {
    return with(AT, instant);
  }

  /** The account in ARNs and elsewhere, twelve digits; 123456789012 by default. */
  public final S account(String id) {
    if (!id.matches("[0-9]{12}")) {
      throw Refused.value("account", id, "an AWS account id is twelve digits");
    }
    return with(ACCOUNT, id);
  }

  /** The region in ARNs and elsewhere; {@code us-east-1} by default. */
  public final S region(String name) {
    if (!name.matches("[a-z]{2,}(-[a-z]+)+-[0-9]+")) {
      throw Refused.value("region", name, "regions look like us-east-1");
    }
    return with(REGION, name);
  }

  final String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region() + ":" + account() + ":" + resource;
  }

  abstract void write(JsonWriter json);

  /**
   * The event's bytes.
   *
   * @throws IllegalArgumentException if what it was told contradicts itself, or lacks something
   */
  @Override
  public final byte[] toBytes() {
    JsonWriter json = new JsonWriter();
    write(json);
    return json.toByteArray();
  }

  /** The event's JSON, or why it has none yet. */
  @Override
  public final String toString() {
    try {
      return new String(toBytes(), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return getClass().getSimpleName() + ": " + e.getMessage();
    }
  }
}
