// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.sim.SqsSettings.Redrive;
import java.time.Instant;
import java.util.List;

/**
 * StartMessageMoveTask, done at once: what is visible in a dead-letter queue is sent again, with a
 * new id and a new enqueue time, to the queue it came from or to the one that is named.
 */
final class SqsMoveTask {

  private SqsMoveTask() {}

  /** The queues whose redrive policy names this one. */
  static List<SqsQueue> sourcesOf(SqsQueue target, SqsWorld world) {
    return world.queues().stream().filter(queue -> pointsTo(queue, target)).toList();
  }

  private static boolean pointsTo(SqsQueue queue, SqsQueue target) {
    Redrive redrive = queue.settings().redrive();
    return redrive != null && redrive.targetArn().equals(target.names.arn());
  }

  static String run(SqsWorld world, SqsRequest request) {
    SqsQueue source = existing(world, request.required("SourceArn"));
    if (sourcesOf(source, world).isEmpty()) {
      throw SqsRefusal.invalid(
          "Source queue must be configured as a Dead Letter Queue: " + source.names.name());
    }
    String destination = request.text("DestinationArn");
    SqsRules.requireRange(
        "MaxNumberOfMessagesPerSecond", request.number("MaxNumberOfMessagesPerSecond"), 1, 500);
    Instant now = world.now();
    List<SqsStored> visible =
        source.messages().stream().filter(message -> message.isVisible(now)).toList();
    for (SqsStored message : visible) {
      String to = destination == null ? message.movedFrom : destination;
      if (to != null) {
        move(world, source, message, existing(world, to));
      }
    }
    return SqsProtocol.object(json -> json.name("TaskHandle").value("task-" + world.newId()));
  }

  private static void move(SqsWorld world, SqsQueue source, SqsStored message, SqsQueue to) {
    SqsOutgoing content = message.content;
    // A delay is not repeated, and the deduplication of the first sending must not swallow it.
    SqsOutgoing again =
        new SqsOutgoing(
            content.body(),
            content.attributes(),
            content.traceHeader(),
            content.groupId(),
            to.settings().fifo() ? world.newId() : null,
            null);
    SqsStored sent = to.send(again, false);
    source.remove(
        message, "moved by a move task, as message " + sent.number + " of " + to.names.name());
  }

  private static SqsQueue existing(SqsWorld world, String arn) {
    SqsQueue queue = world.byArn(arn);
    if (queue == null) {
      throw SqsRefusal.plain(
          "ResourceNotFoundException", "The resource that you specified doesn't exist: " + arn);
    }
    return queue;
  }
}
