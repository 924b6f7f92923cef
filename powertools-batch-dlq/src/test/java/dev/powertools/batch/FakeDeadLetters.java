// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dead-letter queue in memory whose answers a test rules. */
final class FakeDeadLetters implements DeadLetterQueues, DeadLetterQueue {

  final List<DeadLetterMessage> held = new ArrayList<>();
  final List<List<DeadLetterMessage>> requests = new ArrayList<>();
  final List<Duration> limits = new ArrayList<>();
  private Answer answer = Answer.ACCEPT;
  private boolean present = true;

  /** What the queue does with a request. */
  @FunctionalInterface
  interface Answer {
    Answer ACCEPT = FakeDeadLetters::accept;

    List<Receipt> to(FakeDeadLetters queue, List<DeadLetterMessage> messages);
  }

  static FakeDeadLetters accepting() {
    return new FakeDeadLetters();
  }

  static FakeDeadLetters answering(Answer answer) {
    FakeDeadLetters queue = new FakeDeadLetters();
    queue.answer = answer;
    return queue;
  }

  static FakeDeadLetters none() {
    FakeDeadLetters queue = new FakeDeadLetters();
    queue.present = false;
    return queue;
  }

  @Override
  public synchronized Optional<DeadLetterQueue> find(
      @Nullable DeadLetterTarget named, String source) {
    return present ? Optional.of(this) : Optional.empty();
  }

  @Override
  public synchronized List<Receipt> send(List<DeadLetterMessage> messages, Duration most) {
    limits.add(most);
    requests.add(List.copyOf(messages));
    return answer.to(this, messages);
  }

  List<Receipt> accept(List<DeadLetterMessage> messages) {
    held.addAll(messages);
    return messages.stream().map(m -> Receipt.CONFIRMED).toList();
  }

  /** The ids of the messages that the queue holds, duplicates included. */
  synchronized List<String> heldIds() {
    return held.stream().map(DeadLetterMessage::deduplicationId).toList();
  }
}
