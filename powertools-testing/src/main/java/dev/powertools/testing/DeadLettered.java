// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.local.sim.SimulatedMessage;
import java.util.Map;

/**
 * A message in a dead-letter queue: one that the function sent there, with a note of its failure,
 * or one that its queue moved there after too many receives, without.
 *
 * @param queueUrl which queue
 * @param body its body
 * @param attributes its text attributes, {@code pt.reason} and {@code pt.failure} among them
 */
public record DeadLettered(String queueUrl, String body, Map<String, String> attributes) {

  /** Copies the attributes. */
  public DeadLettered {
    attributes = Map.copyOf(attributes);
  }

  static DeadLettered of(SimulatedMessage message, String queueUrl) {
    return new DeadLettered(queueUrl, message.body(), message.attributes());
  }

  /** Why, such as {@code UNDECODABLE}; empty if it does not say. */
  public String reason() {
    return attributes.getOrDefault("pt.reason", "");
  }

  /**
   * What the function noted of the failure.
   *
   * @throws AssertionError if there is no note: the queue moved the message by its redrive policy
   */
  public Failure failure() {
    String note = attributes.get("pt.failure");
    if (note == null) {
      throw new AssertionError(
          "The dead letter "
              + body
              + " has no pt.failure: its queue moved it there by its redrive policy, and only a"
              + " function that sends a dead letter notes why. explain() has its story.");
    }
    EventView view = EventView.of(note);
    return new Failure(text(view, "reason"), text(view, "ex"), text(view, "msg"));
  }

  private static String text(EventView view, String member) {
    return view.text(JsonPointer.of("/" + member)).orElse("");
  }

  /**
   * The note of a failure.
   *
   * @param reason why the message was given up, such as {@code PERMANENT}
   * @param exception the exception's class; empty if there was none
   * @param message its message
   */
  public record Failure(String reason, String exception, String message) {}
}
