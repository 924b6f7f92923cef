// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.powertools.core.PowertoolsException;
import dev.powertools.local.ForkOptions;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.InProcessOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.sqs.Delivery.Fate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The whole way, over real queues and the production runtime client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqsEventSourceMappingTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final LocalQueues queues = LocalQueues.start();
  private final SqsClient sqs = queues.client();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private String name = "";

  /** The very first invocation of a JVM takes longer than the visibility timeouts below. */
  @BeforeAll
  void warmUp() {
    try (LocalFunction function =
        LocalFunction.inProcess(FunctionOptions.of(FailsBad.class.getName()))) {
      byte[] event = "{\"Records\":[]}".getBytes(StandardCharsets.UTF_8);
      assertThat(function.invoke(event).error()).isEmpty();
    }
  }

  @BeforeEach
  void nameQueues(TestInfo test) {
    String method = test.getTestMethod().orElseThrow().getName();
    name = method.substring(0, Math.min(60, method.length()));
  }

  @AfterEach
  void closeOpened() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @AfterAll
  void stop() {
    queues.close();
  }

  /** Reports what a predicate of the body says; remembers all bodies it was given. */
  static final class Partial implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private final Predicate<SQSMessage> fails;

    Partial(Predicate<SQSMessage> fails) {
      this.fails = fails;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
      batches.add(event.getRecords().size());
      List<BatchItemFailure> failures = new ArrayList<>();
      for (SQSMessage message : event.getRecords()) {
        seen.add(message.getBody());
        if (fails.test(message)) {
          failures.add(new BatchItemFailure(message.getMessageId()));
        }
      }
      return new SQSBatchResponse(failures);
    }
  }

  /** Returns what it is told, whatever comes. */
  record Fixed(String response) implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      out.write(response.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A handler for a process of its own: fails bodies that start with "bad". */
  public static final class FailsBad implements RequestHandler<SQSEvent, SQSBatchResponse> {
    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
      if (event.getRecords().stream().anyMatch(m -> m.getBody().equals("exit"))) {
        System.exit(9);
      }
      return new SQSBatchResponse(
          event.getRecords().stream()
              .filter(m -> m.getBody().startsWith("bad"))
              .map(m -> new BatchItemFailure(m.getMessageId()))
              .toList());
    }
  }

  private LocalFunction function(Object handler) {
    return open(
        LocalFunction.inProcess(
            FunctionOptions.of(handler.getClass().getName()),
            InProcessOptions.builder().instance(() -> handler).build()));
  }

  private <T extends AutoCloseable> T open(T closeable) {
    opened.push(closeable);
    return closeable;
  }

  /** A queue whose messages return after a second: for tests that wait for it. */
  private LocalQueue queue(String suffix, int maxReceiveCount, LocalQueue... deadLetters) {
    QueueOptions.Builder options = QueueOptions.builder().visibilityTimeout(Duration.ofSeconds(1));
    for (LocalQueue queue : deadLetters) {
      options.deadLetterQueue(queue, maxReceiveCount);
    }
    return queues.createQueue(name + suffix, options.build());
  }

  private SqsEventSourceMapping map(
      LocalQueue queue, LocalFunction function, EventSourceOptions.Builder options) {
    return open(SqsEventSourceMapping.of(sqs, queue, function, options.build())).start();
  }

  private String send(LocalQueue queue, String body) {
    return sqs.sendMessage(r -> r.queueUrl(queue.url()).messageBody(body)).messageId();
  }

  private List<Message> peek(LocalQueue queue) {
    return sqs.receiveMessage(r -> r.queueUrl(queue.url()).maxNumberOfMessages(10)).messages();
  }

  private static EventSourceOptions.Builder partial() {
    return EventSourceOptions.builder().reportBatchItemFailures();
  }

  @Nested
  class With_the_flag_on {
    @Test
    void a_failed_message_returns_until_it_succeeds_and_the_others_are_deleted_once()
        throws Exception {
      LocalQueue source = queue("", 0);
      String good = send(source, "good");
      String twice = send(source, "twice");
      Partial handler =
          new Partial(
              m ->
                  m.getBody().equals("twice")
                      && m.getAttributes().get("ApproximateReceiveCount").equals("1"));

      SqsEventSourceMapping mapping = map(source, function(handler), partial());
      mapping.drain(SOON);

      assertThat(handler.seen).containsExactlyInAnyOrder("good", "twice", "twice");
      assertThat(mapping.history().of(good)).extracting(Delivery::fate).containsOnly(Fate.DELETED);
      assertThat(mapping.history().of(twice))
          .extracting(Delivery::receiveCount, Delivery::fate)
          .containsExactly(tuple(1, Fate.RETURNED), tuple(2, Fate.DELETED));
    }

    @Test
    void a_message_that_always_fails_moves_to_the_dead_letters() throws Exception {
      LocalQueue dead = queue("-dead", 0);
      LocalQueue source = queue("", 2, dead);
      String poison = send(source, "poison");
      String good = send(source, "good");

      SqsEventSourceMapping mapping =
          map(source, function(new Partial(m -> m.getBody().equals("poison"))), partial());
      mapping.drain(SOON);

      assertThat(peek(dead)).extracting(Message::body).containsExactly("poison");
      assertThat(mapping.history().of(poison))
          .extracting(Delivery::fate)
          .containsExactly(Fate.RETURNED, Fate.RETURNED);
      assertThat(mapping.history().fate(good)).contains(Fate.DELETED);
      assertThat(mapping.history().account())
          .contains(poison + "\n  receive 1 by ")
          .contains("returned (1 of ");
    }

    @Test
    void a_response_that_names_an_unknown_message_returns_the_whole_batch() throws Exception {
      LocalQueue dead = queue("-dead", 0);
      LocalQueue source = queue("", 1, dead);
      send(source, "a");
      send(source, "b");
      String unknown = "{\"batchItemFailures\":[{\"itemIdentifier\":\"unknown\"}]}";

      map(source, function(new Fixed(unknown)), partial()).drain(SOON);

      assertThat(peek(dead)).extracting(Message::body).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void a_misspelt_outer_key_deletes_failures_as_aws_does() throws Exception {
      LocalQueue source = queues.createQueue(name);
      String id = send(source, "a");
      String misspelt = "{\"batchItemFailure\":[{\"itemIdentifier\":\"" + id + "\"}]}";

      SqsEventSourceMapping mapping = map(source, function(new Fixed(misspelt)), partial());
      mapping.drain(SOON);

      assertThat(mapping.history().of(id)).extracting(Delivery::fate).containsExactly(Fate.DELETED);
    }
  }

  @Nested
  class With_the_flag_off {
    @Test
    void reported_failures_are_deleted_all_the_same() throws Exception {
      LocalQueue source = queues.createQueue(name);
      String id = send(source, "a");

      SqsEventSourceMapping mapping =
          map(source, function(new Partial(m -> true)), EventSourceOptions.builder());
      mapping.drain(SOON);

      assertThat(mapping.history().of(id))
          .singleElement()
          .satisfies(
              d -> {
                assertThat(d.fate()).isEqualTo(Fate.DELETED);
                assertThat(d.reason()).contains("ReportBatchItemFailures is off");
              });
    }

    @Test
    void an_exception_returns_the_whole_batch() throws Exception {
      LocalQueue dead = queue("-dead", 0);
      LocalQueue source = queue("", 1, dead);
      String id = send(source, "a");
      Partial handler =
          new Partial(
              m -> {
                throw new IllegalStateException("no database");
              });

      SqsEventSourceMapping mapping = map(source, function(handler), EventSourceOptions.builder());
      mapping.drain(SOON);

      assertThat(peek(dead)).hasSize(1);
      assertThat(mapping.history().of(id))
          .singleElement()
          .extracting(Delivery::reason)
          .asString()
          .contains("java.lang.IllegalStateException: no database");
    }
  }

  @Nested
  class In_a_process_of_its_own {
    @Test
    void an_exit_returns_the_batch_and_the_next_process_finishes_it() throws Exception {
      LocalQueue dead = queue("-dead", 0);
      LocalQueue source = queue("", 1, dead);
      String exit = send(source, "exit");
      LocalFunction function =
          open(
              LocalFunction.fork(
                  FunctionOptions.of(FailsBad.class.getName()),
                  ForkOptions.builder().output(line -> {}).build()));
      SqsEventSourceMapping mapping = map(source, function, partial().batchSize(1));
      mapping.drain(SOON);
      String good = send(source, "good");
      String bad = send(source, "bad");
      mapping.drain(SOON);

      assertThat(mapping.history().of(exit).get(0).reason()).contains("Runtime.ExitError");
      assertThat(mapping.history().fate(good)).contains(Fate.DELETED);
      assertThat(mapping.history().fate(bad)).contains(Fate.RETURNED);
      assertThat(peek(dead)).extracting(Message::body).containsExactlyInAnyOrder("exit", "bad");
    }
  }

  @Nested
  class The_event {
    @Test
    void carries_the_messages_attributes_and_system_attributes() throws Exception {
      LocalQueue source = queues.createQueue(name);
      List<SQSMessage> seen = Collections.synchronizedList(new ArrayList<>());
      sqs.sendMessage(
          r ->
              r.queueUrl(source.url())
                  .messageBody("b")
                  .messageAttributes(
                      Map.of(
                          "text",
                          MessageAttributeValue.builder()
                              .dataType("String")
                              .stringValue("ü")
                              .build(),
                          "count",
                          MessageAttributeValue.builder()
                              .dataType("Number")
                              .stringValue("3")
                              .build(),
                          "raw",
                          MessageAttributeValue.builder()
                              .dataType("Binary")
                              .binaryValue(SdkBytes.fromByteArray(new byte[] {1, 2, 3}))
                              .build())));

      map(
              source,
              function(
                  new Partial(
                      m -> {
                        seen.add(m);
                        return false;
                      })),
              partial())
          .drain(SOON);

      assertThat(seen).hasSize(1);
      SQSMessage message = seen.get(0);
      assertThat(message.getEventSourceArn()).isEqualTo(source.arn());
      assertThat(message.getAwsRegion()).isEqualTo("us-east-1");
      assertThat(message.getEventSource()).isEqualTo("aws:sqs");
      assertThat(message.getMd5OfBody()).hasSize(32);
      assertThat(message.getMd5OfMessageAttributes()).hasSize(32);
      assertThat(message.getAttributes())
          .containsKeys(
              "ApproximateReceiveCount",
              "SentTimestamp",
              "SenderId",
              "ApproximateFirstReceiveTimestamp");
      assertThat(message.getMessageAttributes().get("text").getStringValue()).isEqualTo("ü");
      assertThat(message.getMessageAttributes().get("count").getDataType()).isEqualTo("Number");
      assertThat(message.getMessageAttributes().get("raw").getBinaryValue().array())
          .containsExactly(1, 2, 3);
    }

    @Test
    void of_a_fifo_queue_carries_the_group_and_keeps_its_order() throws Exception {
      LocalQueue source =
          queues.createQueue(
              name + ".fifo", QueueOptions.builder().contentBasedDeduplication().build());
      for (String body : List.of("1", "2", "3")) {
        sqs.sendMessage(r -> r.queueUrl(source.url()).messageBody(body).messageGroupId("g"));
      }
      Partial handler = new Partial(m -> !m.getAttributes().get("MessageGroupId").equals("g"));

      map(source, function(handler), partial().batchSize(1)).drain(SOON);

      assertThat(handler.seen).containsExactly("1", "2", "3");
    }

    @Test
    void holds_what_the_batching_window_gathered() throws Exception {
      LocalQueue source = queues.createQueue(name);
      for (int i = 0; i < 25; i++) {
        send(source, "m" + i);
      }
      Partial handler = new Partial(m -> false);

      map(
              source,
              function(handler),
              partial().batchSize(25).maximumBatchingWindow(Duration.ofSeconds(5)))
          .drain(SOON);

      assertThat(handler.batches).containsExactly(25);
    }
  }

  @Nested
  class When_the_queue_fails {
    private SqsClient failing(String method, Deque<Object> answers) {
      return (SqsClient)
          Proxy.newProxyInstance(
              SqsClient.class.getClassLoader(),
              new Class<?>[] {SqsClient.class},
              (proxy, called, arguments) -> {
                Object answer = called.getName().equals(method) ? answers.poll() : null;
                if (answer instanceof RuntimeException e) {
                  throw e;
                }
                try {
                  return answer == null ? called.invoke(sqs, arguments) : answer;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @Test
    void an_unconfirmed_delete_delivers_the_message_again_and_loses_nothing() throws Exception {
      LocalQueue source = queue("", 0);
      String id = send(source, "a");
      Deque<Object> answers = new ArrayDeque<>();
      answers.add(SdkClientException.create("connection reset"));
      answers.add(
          DeleteMessageBatchResponse.builder()
              .failed(BatchResultErrorEntry.builder().id("0").code("InternalError").build())
              .build());
      SqsEventSourceMapping mapping =
          open(SqsEventSourceMapping.of(
                  failing("deleteMessageBatch", answers),
                  source,
                  function(new Partial(m -> false)),
                  partial().build()))
              .start();

      mapping.drain(SOON);

      assertThat(mapping.history().of(id))
          .extracting(Delivery::fate)
          .containsExactly(Fate.DELETE_UNCONFIRMED, Fate.DELETE_UNCONFIRMED, Fate.DELETED);
    }

    @Test
    void polling_goes_on_after_an_outage() throws Exception {
      LocalQueue source = queues.createQueue(name);
      String id = send(source, "a");
      Deque<Object> answers = new ArrayDeque<>();
      answers.add(SdkClientException.create("no route"));
      answers.add(SdkClientException.create("no route"));
      SqsEventSourceMapping mapping =
          open(SqsEventSourceMapping.of(
                  failing("receiveMessage", answers),
                  source,
                  function(new Partial(m -> false)),
                  partial().build()))
              .start();

      mapping.drain(SOON);

      assertThat(mapping.history().fate(id)).contains(Fate.DELETED);
      assertThat(answers).isEmpty();
    }
  }

  @Test
  void a_listener_that_throws_harms_nothing() throws Exception {
    LocalQueue source = queues.createQueue(name);
    String id = send(source, "a");

    SqsEventSourceMapping mapping =
        map(
            source,
            function(new Partial(m -> false)),
            partial()
                .listener(
                    d -> {
                      throw new IllegalStateException("listener");
                    }));
    mapping.drain(SOON);

    assertThat(mapping.history().fate(id)).contains(Fate.DELETED);
  }

  @Test
  void an_assertion_that_fails_in_a_listener_fails_drain_once_and_polling_goes_on()
      throws Exception {
    LocalQueue source = queues.createQueue(name);
    AssertionError failed = new AssertionError("expected another fate");
    SqsEventSourceMapping mapping =
        map(
            source,
            function(new Partial(m -> false)),
            partial().batchSize(1).listener(failing(failed)));
    String first = send(source, "a");
    String second = send(source, "b");

    assertThatThrownBy(() -> mapping.drain(SOON)).isSameAs(failed);
    mapping.drain(SOON);

    assertThat(mapping.history().fate(first)).contains(Fate.DELETED);
    assertThat(mapping.history().fate(second)).contains(Fate.DELETED);
    mapping.close();
  }

  @Test
  void an_assertion_that_fails_in_a_listener_fails_close_if_nobody_drained() throws Exception {
    LocalQueue source = queues.createQueue(name);
    AssertionError failed = new AssertionError("expected another fate");
    CountDownLatch told = new CountDownLatch(1);
    SqsEventSourceMapping mapping =
        map(
            source,
            function(new Partial(m -> false)),
            partial()
                .listener(
                    delivery -> {
                      told.countDown();
                      throw failed;
                    }));
    send(source, "a");

    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(mapping::close).isSameAs(failed);
    assertThatCode(mapping::close).doesNotThrowAnyException();
  }

  /** Fails at the first delivery. */
  private static Consumer<Delivery> failing(AssertionError error) {
    AtomicBoolean failed = new AtomicBoolean();
    return delivery -> {
      if (failed.compareAndSet(false, true)) {
        throw error;
      }
    };
  }

  @Test
  void several_pollers_share_the_work_and_each_message_is_deleted_once() throws Exception {
    LocalQueue source = queues.createQueue(name);
    for (int i = 0; i < 60; i++) {
      send(source, "m" + i);
    }
    Partial handler = new Partial(m -> false);

    map(source, function(handler), partial().concurrency(3)).drain(SOON);

    assertThat(handler.seen).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void a_queue_that_does_not_drain_says_what_is_left() {
    LocalQueue source = queues.createQueue(name);
    send(source, "stuck");
    SqsEventSourceMapping mapping = map(source, function(new Partial(m -> true)), partial());

    assertThatThrownBy(() -> mapping.drain(Duration.ofMillis(700)))
        .isInstanceOf(PowertoolsException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("returned (1 of 1 reported as failed)");
  }

  @Test
  void after_close_nothing_is_received_any_more() {
    LocalQueue source = queues.createQueue(name);
    Partial handler = new Partial(m -> false);
    SqsEventSourceMapping mapping = map(source, function(handler), partial());

    mapping.close();
    send(source, "late");

    assertThat(peek(source)).extracting(Message::body).containsExactly("late");
    assertThat(handler.seen).isEmpty();
    assertThatThrownBy(mapping::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_batch_too_large_for_fifo_is_refused() {
    LocalQueue fifo = new LocalQueue("q.fifo", "u", "arn:aws:sqs:us-east-1:0:q.fifo");
    EventSourceOptions large =
        partial().batchSize(11).maximumBatchingWindow(Duration.ofSeconds(1)).build();

    assertThatThrownBy(() -> SqsEventSourceMapping.of(sqs, fifo, function(new Fixed("")), large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batchSize is '11'");
  }

  @Test
  void a_large_batch_without_a_window_is_refused() {
    assertThatThrownBy(() -> EventSourceOptions.builder().batchSize(11).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maximumBatchingWindow");
  }

  @Test
  void a_port_in_use_is_named() {
    int port = queues.endpoint().getPort();

    assertThatThrownBy(() -> LocalQueues.start(port))
        .isInstanceOf(PowertoolsException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }
}
