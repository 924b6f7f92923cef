// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.local.event.Events;
import dev.powertools.local.sim.SimulatedMessage;
import dev.powertools.local.sim.SimulatedQueues;
import dev.powertools.local.sim.SqsMapping;
import dev.powertools.local.sim.SqsSend;
import dev.powertools.local.sqs.LocalQueue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A queue before a function under test, its dead-letter queue, and what AWS runs between them, all
 * on the test's clock. Nothing is delivered before {@link #drain()}, or before something else moves
 * the clock. Thread-safe.
 */
public final class SqsTestQueue {

  private final SimulatedQueues queues;
  private final LocalQueue source;
  private final LocalQueue dead;
  private final SqsMapping mapping;
  private final Supplier<FunctionRuntime> runtime;

  SqsTestQueue(
      SimulatedQueues queues,
      LocalQueue source,
      LocalQueue dead,
      SqsMapping mapping,
      Supplier<FunctionRuntime> runtime) {
    this.queues = queues;
    this.source = source;
    this.dead = dead;
    this.mapping = mapping;
    this.runtime = runtime;
  }

  /**
   * Sends a message for each body; on a FIFO queue all in one group.
   *
   * @param bodies text as it is, anything else as its JSON
   * @return the ids of the messages
   */
  public List<String> send(Object... bodies) {
    List<String> ids = new ArrayList<>();
    for (Object body : bodies) {
      ids.add(send(body, source.isFifo() ? message -> message.group("all") : message -> {}));
    }
    return ids;
  }

  /**
   * Sends a message and says more of it: {@code send(order, m -> m.group("g"))}.
   *
   * @return its id
   */
  public String send(Object body, Consumer<SqsSend> how) {
    SqsSend message = SqsSend.of(text(body));
    how.accept(message);
    return queues.send(source, message);
  }

  /**
   * Sends a message that is signed for a tenant, as powertools-tenancy has senders do it, with the
   * keys that functions of this test verify by: {@code jobs.sendAs("acme", job)}.
   *
   * @return its id
   */
  public String sendAs(String tenant, Object body) {
    return send(
        body,
        message -> {
          message.attribute("pt.tenant", envelope(tenant, body));
          if (source.isFifo()) {
            message.group("all");
          }
        });
  }

  /**
   * The envelope by which a tenant sends this message to this queue, to be tampered with.
   *
   * @throws IllegalStateException if powertools-tenancy is not on the class path
   */
  public String envelope(String tenant, Object body) {
    return Features.envelope(runtime.get(), tenant, source.arn(), text(body));
  }

  String envelopeFor(String queueArn, String tenant, String body) {
    return Features.envelope(runtime.get(), tenant, queueArn, body);
  }

  String arn() {
    return source.arn();
  }

  private static String text(Object body) {
    return body instanceof CharSequence chars
        ? chars.toString()
        : new String(Events.of(body).toBytes(), StandardCharsets.UTF_8);
  }

  /**
   * Lets time pass until the queue is empty and nothing is under way.
   *
   * @throws dev.powertools.core.PowertoolsException if 1,000 invocations are not enough, telling
   *     what still circulates
   */
  public void drain() {
    mapping.drain();
  }

  /** As {@link #drain()}, with another bound. */
  public void drain(int mostInvocations) {
    mapping.drain(mostInvocations);
  }

  /** What the queue holds, hidden messages included. */
  public List<SimulatedMessage> source() {
    return queues.messages(source);
  }

  /** What the dead-letter queue holds: what the function sent there, and what the queue moved. */
  public List<DeadLettered> deadLetters() {
    return queues.messages(dead).stream().map(m -> DeadLettered.of(m, dead.url())).toList();
  }

  /** The story of each message, dead letters that were sent included, in virtual times. */
  public String explain() {
    return queues.account();
  }

  /** The story of one message. */
  public String explain(String messageId) {
    return queues.explain(messageId);
  }

  /**
   * Fails if a message of this test is nowhere, or in two places.
   *
   * @throws AssertionError naming it, with the stories of all messages
   */
  public void assertNothingLost() {
    queues.assertNothingLost();
  }

  /** The queues themselves, for what is not here. */
  public SimulatedQueues queues() {
    return queues;
  }
}
