// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import org.jspecify.annotations.Nullable;

/** Writes what the ledger knows for people. */
final class SqsAccount {

  private static final int MOST_OF_A_BODY = 60;

  private SqsAccount() {}

  static String of(SqsWorld world) {
    StringBuilder text = new StringBuilder();
    world.ledger.sent().values().forEach(message -> write(text, message, world));
    return text.toString();
  }

  static String of(SqsWorld world, String id) {
    SqsStored message = world.ledger.sent().get(id);
    if (message == null) {
      throw new IllegalArgumentException(
          "No message with the id '"
              + id
              + "' was sent; there are "
              + world.ledger.sent().keySet());
    }
    StringBuilder text = new StringBuilder();
    write(text, message, world);
    return text.toString();
  }

  private static void write(StringBuilder text, SqsStored message, SqsWorld world) {
    text.append("message ").append(message.number).append(" (").append(message.id).append(") ");
    text.append(shortened(message.content.body())).append('\n');
    world.ledger.story(message.id).forEach(line -> text.append("  ").append(line).append('\n'));
    String end = standing(message, world);
    if (end != null) {
      text.append("  now ").append(end).append('\n');
    }
  }

  /** Where it is if it is still somewhere; the story's last line says the rest. */
  private static @Nullable String standing(SqsStored message, SqsWorld world) {
    if (world.ledger.isGone(message.id)) {
      return null;
    }
    return "in "
        + message.queue.names.name()
        + ", "
        + SqsConservation.state(message, world)
        + ", received "
        + message.receives
        + " times";
  }

  private static String shortened(String body) {
    String line = body.replace('\n', ' ').replace('\r', ' ');
    return line.length() <= MOST_OF_A_BODY ? line : line.substring(0, MOST_OF_A_BODY) + "…";
  }
}
