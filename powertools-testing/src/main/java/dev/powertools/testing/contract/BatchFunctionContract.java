// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/**
 * What every function has to do that takes batches and answers with those of its messages that are
 * to come again, whatever it is written with. Extend it, and say which function, which bodies, and
 * what was handled:
 *
 * <pre>{@code
 * class OrderHandlerBatchTest extends BatchFunctionContract {
 *   private final List<Integer> handled = new CopyOnWriteArrayList<>();
 *
 *   protected TestFunction function(Functions functions) {
 *     return functions.with(Payments.class, order -> pay(order)).function(OrderHandler.class);
 *   }
 *
 *   protected Object good(int number) { return new Order(number, 500); }
 *
 *   protected Object bad(int number) { return new Order(number, -1); } // pay(order) throws
 *
 *   protected List<Integer> handled() { return handled; } // pay(order) adds to it
 * }
 * }</pre>
 *
 * <p>The events are those of an SQS event source mapping with {@code ReportBatchItemFailures};
 * another source overrides {@link #event}. Needs JUnit 5.11 or later, and nothing else.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Lambda:
 *     handling errors for an SQS event source</a>
 */
@FunctionTest
public abstract class BatchFunctionContract {

  private static final int ALL_SUBSETS_OF = 4;
  private static final int MANY = 10_000;
  private static final int ONE_IN = 100;
  private static final int BATCHES = 40;
  private static final int THREADS = 8;

  @SuppressWarnings("NullAway.Init") // before each test
  private Functions functions;

  @SuppressWarnings("NullAway.Init")
  private TestFunction function;

  /**
   * A message of a batch.
   *
   * @param id by which it is reported
   * @param body what it carries
   */
  public record Message(String id, Object body) {}

  /** The function under test; asked for once for each test. */
  protected abstract TestFunction function(Functions testFunctions);

  /** A body that is handled, another for each number. */
  protected abstract Object good(int number);

  /** A body that can be read and whose handling throws. */
  protected abstract Object bad(int number);

  /** The numbers of the good bodies that were handled in this test, as often as they were. */
  protected abstract List<Integer> handled();

  /** A body that can't be read; empty if the function can read anything, which aborts a test. */
  protected Optional<Object> unreadable() {
    return Optional.of("{not JSON");
  }

  /** A body whose handling throws an {@link Error}; by default there is none, and a test aborts. */
  protected Optional<Object> fatal() {
    return Optional.empty();
  }

  /** The event with these messages; that of an SQS queue by default. */
  protected Object event(List<Message> messages) {
    return SqsBatchEvent.of(messages);
  }

  @BeforeEach
  final void makeTheFunction(Functions testFunctions) {
    functions = testFunctions;
    function = function(testFunctions);
  }

  private static Message message(int number, Object body) {
    return new Message(id(number), body);
  }

  private static String id(int number) {
    return "m-" + number;
  }

  private TestResponse deliver(List<Message> messages) {
    return function.invoke(event(messages));
  }

  private void reports(TestResponse response, String batch, List<String> expected) {
    PartialResponse.of(response, batch).isExactly(expected);
  }

  private void areHandled(String batch, List<Integer> expected) {
    TreeSet<Integer> missing = new TreeSet<>(expected);
    missing.removeAll(new HashSet<>(handled())); // a list would be searched for each
    if (!missing.isEmpty()) {
      throw new AssertionFailedError(
          "Of " + batch + " the good messages " + missing + " were neither handled nor reported",
          expected,
          handled());
    }
  }

  @Test
  void an_empty_batch_is_answered_with_an_empty_list() {
    reports(deliver(List.of()), "an empty batch", List.of());
  }

  @Test
  void a_batch_that_succeeds_is_answered_with_an_empty_list_and_never_null() {
    List<Message> all = List.of(message(0, good(0)), message(1, good(1)), message(2, good(2)));

    reports(deliver(all), "a batch that succeeds", List.of());
    areHandled("a batch that succeeds", List.of(0, 1, 2));
  }

  @Test
  void every_subset_of_failing_messages_is_reported_exactly() {
    for (int subset = 0; subset < 1 << ALL_SUBSETS_OF; subset++) {
      List<Message> messages = new ArrayList<>();
      List<String> failing = new ArrayList<>();
      List<Integer> good = new ArrayList<>();
      for (int i = 0; i < ALL_SUBSETS_OF; i++) {
        int number = subset * ALL_SUBSETS_OF + i;
        boolean fails = (subset >> i & 1) == 1;
        messages.add(message(number, fails ? bad(number) : good(number)));
        if (fails) {
          failing.add(id(number));
        } else {
          good.add(number);
        }
      }
      String batch = "a batch of " + ALL_SUBSETS_OF + " in which " + failing + " fail";
      reports(deliver(messages), batch, failing);
      areHandled(batch, good);
    }
  }

  @Test
  void a_message_that_cannot_be_read_is_reported_or_dead_lettered_and_the_others_are_handled() {
    Object body = unreadable().orElse(null);
    Assumptions.assumeTrue(body != null, "The function reads any body: unreadable() is empty");
    List<Message> messages =
        List.of(message(0, good(0)), message(1, String.valueOf(body)), message(2, good(2)));

    TestResponse response = deliver(messages);

    String batch = "a batch whose second message can't be read";
    reports(response, batch, functions.deadLetters().isEmpty() ? List.of(id(1)) : List.of());
    areHandled(batch, List.of(0, 2));
  }

  @Test
  void a_message_whose_handling_throws_an_error_is_not_acknowledged() {
    Object body = fatal().orElse(null);
    Assumptions.assumeTrue(body != null, "There is no such body: fatal() is empty");
    List<Message> messages =
        List.of(message(0, good(0)), message(1, String.valueOf(body)), message(2, good(2)));

    TestResponse response = deliver(messages);

    if (response.error().isEmpty()) { // else the whole batch comes again, which is as good
      String batch = "a batch whose second message throws an Error";
      reports(response, batch, List.of(id(1)));
      areHandled(batch, List.of(0, 2));
    }
  }

  @Test
  void a_message_that_is_there_twice_has_one_fate() {
    Message good = message(0, good(0));
    Message bad = message(1, bad(1));

    TestResponse response = deliver(List.of(good, bad, good, bad, message(2, good(2))));

    String batch = "a batch in which a good and a bad message are there twice";
    PartialResponse.of(response, batch).once().isExactly(List.of(id(1)));
    areHandled(batch, List.of(0, 2));
  }

  @Test
  void ten_thousand_messages_are_none_too_many() {
    List<Message> messages = new ArrayList<>();
    List<String> failing = new ArrayList<>();
    List<Integer> good = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      boolean fails = i % ONE_IN == 0;
      messages.add(message(i, fails ? bad(i) : good(i)));
      if (fails) {
        failing.add(id(i));
      } else {
        good.add(i);
      }
    }

    String batch = "a batch of " + MANY;
    reports(deliver(messages), batch, failing);
    areHandled(batch, good);
  }

  @Test
  void nothing_is_lost_between_batches_that_run_at_once() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      Map<Integer, Future<TestResponse>> running = new LinkedHashMap<>();
      List<Integer> good = new ArrayList<>();
      for (int i = 0; i < BATCHES * 2; i += 2) {
        List<Message> two = List.of(message(i, good(i)), message(i + 1, bad(i + 1)));
        running.put(i + 1, pool.submit(() -> deliver(two)));
        good.add(i);
      }
      for (Map.Entry<Integer, Future<TestResponse>> each : running.entrySet()) {
        String batch = "one of many batches at once, in which " + id(each.getKey()) + " fails";
        reports(each.getValue().get(), batch, List.of(id(each.getKey())));
      }
      areHandled("many batches at once", good);
    } finally {
      pool.shutdownNow();
    }
  }
}
