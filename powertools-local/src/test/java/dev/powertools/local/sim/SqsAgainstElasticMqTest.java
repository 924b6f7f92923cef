// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.Timing;
import dev.powertools.local.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Random programs run on the simulated queues and on ElasticMQ, on one virtual clock and through
 * the same client calls, and must see the same. Left out is where ElasticMQ is not faithful: sizes,
 * retention, the cap of 12 hours, receipt handles that are old or whose visibility has ended, and
 * the visibility of one message of a FIFO group while another one is in flight. One in 300 of
 * {@code -Dmodel.rounds} programs is run; {@code -Dseed} runs one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqsAgainstElasticMqTest {

  private static final int ROUNDS = Integer.getInteger("model.rounds", 3_000) / 300;
  private static final int STEPS = 40;

  /** As many as one receive takes: which of more are chosen is anybody's guess. */
  private static final int MOST_SENT = 10;

  /** ElasticMQ may find nothing while it looks at a message that was hidden for longer. */
  private static final int RECEIVES = 4;

  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  private final VirtualClock clock =
      VirtualClock.startingAt(Timing.system().now().plus(Duration.ofHours(1)));
  private final SqsElasticMq elasticMq = SqsElasticMq.start(clock);

  @AfterAll
  void stop() {
    elasticMq.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_same_program_sees_the_same(boolean fifo) {
    Long only = Long.getLong("seed");
    long first = only == null ? System.nanoTime() : only;
    for (long seed = first; seed < first + (only == null ? ROUNDS : 1); seed++) {
      compare(seed, fifo);
    }
  }

  private void compare(long seed, boolean fifo) {
    try (SimulatedQueues queues = SimulatedQueues.on(clock)) {
      Side real = new Side(elasticMq.client(), clock, seed, fifo);
      Side simulated = new Side(queues.client(), clock, seed, fifo);
      Random random = new Random(seed);
      List<String> program = new ArrayList<>();
      for (int i = 0; i < STEPS; i++) {
        Step step = Step.draw(random, simulated.sent, fifo, simulated.held());
        program.add(step.toString());
        if (step.kind() == Kind.ADVANCE) {
          clock.advance(Duration.ofSeconds(step.number()));
        } else {
          assertThat(simulated.run(step))
              .as("-Dseed=%s, fifo %s, after %s", seed, fifo, program)
              .isEqualTo(real.run(step));
        }
      }
      assertThat(simulated.deadLetters())
          .as("dead letters, -Dseed=%s, fifo %s, after %s", seed, fifo, program)
          .isEqualTo(real.deadLetters());
      queues.assertNothingLost();
    }
  }

  enum Kind {
    SEND,
    RECEIVE,
    DELETE,
    HIDE,
    ADVANCE
  }

  /** One call; the text is a body. */
  record Step(Kind kind, String text, int number) {

    static Step draw(Random random, int sent, boolean fifo, List<String> held) {
      int choice = random.nextInt(10);
      if (choice < 3 && sent < MOST_SENT) {
        return new Step(Kind.SEND, "ab".charAt(random.nextInt(2)) + "" + sent, 0);
      }
      if (choice < 6) {
        return new Step(Kind.RECEIVE, "", 10);
      }
      if (choice < 8 && !held.isEmpty()) {
        String body = held.get(random.nextInt(held.size()));
        boolean hide = !fifo && random.nextBoolean();
        return new Step(hide ? Kind.HIDE : Kind.DELETE, body, random.nextInt(50));
      }
      return new Step(Kind.ADVANCE, "", 1 + random.nextInt(25));
    }
  }

  /** One implementation, and the receipt handles that are good. */
  private static final class Side {
    private final SqsClient sqs;
    private final boolean fifo;
    private final String url;
    private final String deadUrl;
    private final Map<String, String> handles = new TreeMap<>();
    private final Map<String, Instant> hiddenUntil = new TreeMap<>();
    private final VirtualClock clock;
    private int sent;

    Side(SqsClient sqs, VirtualClock clock, long seed, boolean fifo) {
      this.clock = clock;
      this.sqs = sqs;
      this.fifo = fifo;
      this.deadUrl = create("d-" + seed, Map.of());
      String arn =
          sqs.getQueueAttributes(
                  r -> r.queueUrl(deadUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      this.url =
          create(
              "q-" + seed,
              Map.of(
                  QueueAttributeName.VISIBILITY_TIMEOUT,
                  "" + VISIBILITY.toSeconds(),
                  QueueAttributeName.REDRIVE_POLICY,
                  "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":2}"));
    }

    private String create(String name, Map<QueueAttributeName, String> attributes) {
      Map<QueueAttributeName, String> all = new TreeMap<>(attributes);
      if (fifo) {
        all.put(QueueAttributeName.FIFO_QUEUE, "true");
      }
      return sqs.createQueue(r -> r.queueName(fifo ? name + ".fifo" : name).attributes(all))
          .queueUrl();
    }

    /** The messages that are in flight, by their latest receive. */
    List<String> held() {
      return handles.keySet().stream()
          .filter(body -> clock.now().isBefore(hiddenUntil.getOrDefault(body, Instant.MIN)))
          .toList();
    }

    String run(Step step) {
      try {
        return switch (step.kind()) {
          case SEND -> send(step.text());
          case RECEIVE -> receive(url, step.number());
          case DELETE -> delete(step.text());
          case HIDE -> hide(step.text(), step.number());
          case ADVANCE -> throw new IllegalStateException();
        };
      } catch (SqsException refused) {
        return "refused";
      }
    }

    private String send(String body) {
      sent++;
      sqs.sendMessage(
          r -> {
            r.queueUrl(url).messageBody(body);
            if (fifo) {
              r.messageGroupId(body.substring(0, 1)).messageDeduplicationId(body);
            }
          });
      return "sent";
    }

    /** Bodies and receive counts: by group on a FIFO queue, in any order on another one. */
    private String receive(String from, int most) {
      List<Message> messages = new ArrayList<>();
      for (int i = 0; i < RECEIVES; i++) {
        messages.addAll(
            sqs.receiveMessage(
                    r ->
                        r.queueUrl(from)
                            .maxNumberOfMessages(most)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages());
      }
      Map<String, List<String>> groups = new TreeMap<>();
      for (Message message : messages) {
        handles.put(message.body(), message.receiptHandle());
        hiddenUntil.put(message.body(), clock.now().plus(VISIBILITY));
        String count =
            message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
        groups
            .computeIfAbsent(message.body().substring(0, 1), g -> new ArrayList<>())
            .add(message.body() + " for the " + count);
      }
      if (!fifo) {
        groups.values().forEach(group -> group.sort(null));
      }
      return groups.toString();
    }

    private String delete(String body) {
      String handle = handles.remove(body);
      sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(handle));
      return "deleted";
    }

    private String hide(String body, int seconds) {
      String handle = handles.get(body);
      sqs.changeMessageVisibility(
          r -> r.queueUrl(url).receiptHandle(handle).visibilityTimeout(seconds));
      hiddenUntil.put(body, clock.now().plusSeconds(seconds));
      return "hidden";
    }

    String deadLetters() {
      return receive(deadUrl, 10) + receive(deadUrl, 10) + receive(deadUrl, 10);
    }
  }
}
