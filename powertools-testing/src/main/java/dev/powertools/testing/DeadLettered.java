// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.local.sim.SimulatedMessage;
import java.util.ArrayList;
import java.util.List;
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
    return new Failure(note);
  }

  /**
   * The note of a failure. What it does not say is empty, or zero.
   *
   * @param json all of it
   */
  public record Failure(String json) {

    /** Why the message was given up, such as {@code PERMANENT}. */
    public String reason() {
      return text("/reason");
    }

    /** The class of the exception. */
    public String exception() {
      return text("/ex");
    }

    /** Its message. */
    public String message() {
      return text("/msg");
    }

    /** The first frames of the root cause's stack, if the function shows any. */
    public List<String> frames() {
      List<String> frames = new ArrayList<>();
      for (String frame = text("/frames/0"); !frame.isEmpty(); ) {
        frames.add(frame);
        frame = text("/frames/" + frames.size());
      }
      return frames;
    }

    /** How many attempts it had in its last delivery. */
    public int attempts() {
      return number("/attempts");
    }

    /** How often it was received, the last time included. */
    public int receives() {
      return number("/receives");
    }

    /** How often it had come back from the dead-letter queue before. */
    public int redrives() {
      return number("/redrives");
    }

    /** Whose it was, in functions with tenants. */
    public String tenant() {
      return text("/tenant");
    }

    /** The correlation id of its log lines. */
    public String correlationId() {
      return text("/correlationId");
    }

    /**
     * Any other member.
     *
     * @param pointer where it is, a JSON Pointer such as {@code /srcArn}
     */
    public String text(String pointer) {
      return EventView.of(json).text(JsonPointer.of(pointer)).orElse("");
    }

    private int number(String pointer) {
      String number = text(pointer);
      return number.isEmpty() ? 0 : Integer.parseInt(number);
    }
  }
}
