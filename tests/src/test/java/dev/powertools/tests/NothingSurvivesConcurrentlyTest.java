// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.Propagation;
import dev.powertools.logging.Logging;
import dev.powertools.logging.Logs;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.LogLine;
import dev.powertools.testing.TestFunction;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Sixty-four invocations at a time, each with keys, a sample and a buffer of its own. */
@FunctionTest
class NothingSurvivesConcurrentlyTest {

  private static final Logger LOG = LoggerFactory.getLogger(NothingSurvivesConcurrentlyTest.class);
  private static final int THREADS = 64;
  private static final int CALLS = 10;

  /**
   * What each call does: on its own thread, on a pool's, and on virtual ones where there are any.
   */
  private static String work(Work work) {
    MDC.put("tenant", work.tenant());
    Logs.put("customer", work.tenant());
    LOG.debug("kept {}", work.tenant());
    LOG.info("said {}", work.tenant());
    hop(work.pool(), () -> LOG.debug("kept {}", work.tenant()));
    hop(FRESH_THREADS, () -> LOG.info("said {}", work.tenant()));
    if (work.fails()) {
      LOG.error("failed {}", work.tenant());
    }
    return work.tenant();
  }

  private static void hop(Executor executor, Runnable task) {
    CompletableFuture.runAsync(task, Propagation.executor(executor)).join();
  }

  record Work(String tenant, boolean fails, Executor pool) {}

  /** A thread for each task: a virtual one on a JDK that has them. */
  private static final Executor FRESH_THREADS = freshThreads();

  private static Executor freshThreads() {
    try {
      return (Executor)
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class))
              .invoke();
    } catch (Throwable tooOld) {
      return task -> new Thread(task).start();
    }
  }

  record Order(String id, String tenant, boolean fails) {}

  private static final ClassValue<ExecutorService> POOLS =
      new ClassValue<>() {
        @Override
        protected ExecutorService computeValue(Class<?> ignored) {
          return Executors.newFixedThreadPool(
              4,
              task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
              });
        }
      };

  @Logging(correlationId = "/id", bufferLevel = "DEBUG")
  public static class Kept extends FunctionHandler<Order, String> {
    @Override
    protected String handle(Order order, Context context) {
      return work(new Work(order.tenant(), order.fails(), POOLS.get(Kept.class)));
    }
  }

  @Logging(correlationId = "/id", samplingRate = 0.5)
  public static class Sampled extends FunctionHandler<Order, String> {
    @Override
    protected String handle(Order order, Context context) {
      return work(new Work(order.tenant(), order.fails(), POOLS.get(Kept.class)));
    }
  }

  @Logging(correlationId = "/id")
  public static class Plain extends FunctionHandler<Order, String> {
    @Override
    protected String handle(Order order, Context context) {
      return work(new Work(order.tenant(), order.fails(), POOLS.get(Kept.class)));
    }
  }

  private static final List<Class<?>> HANDLERS = List.of(Kept.class, Sampled.class, Plain.class);

  @Test
  void on_any_thread(Functions functions, FunctionLogs logs) throws Exception {
    List<TestFunction> doors = new ArrayList<>();
    HANDLERS.forEach(handler -> doors.add(functions.function(handler)));
    ExecutorService callers = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS * CALLS; i++) {
      int number = i;
      calls.add(callers.submit(() -> call(doors.get(number % doors.size()), number)));
    }
    for (Future<?> call : calls) {
      call.get();
    }
    callers.shutdown();

    Map<String, List<LogLine>> byId = new HashMap<>();
    logs.lines()
        .forEach(
            line ->
                byId.computeIfAbsent(
                        line.field("correlation_id").orElse("none"), id -> new ArrayList<>())
                    .add(line));
    assertThat(byId).hasSize(THREADS * CALLS).doesNotContainKey("none");
    byId.forEach(NothingSurvivesConcurrentlyTest::isOfOneCall);
  }

  private static void call(TestFunction door, int number) {
    door.invokeJson(
        "{\"id\":\"c-%d\",\"tenant\":\"t-%d\",\"fails\":%s}"
            .formatted(number, number % 7, number % 5 == 0));
  }

  private static void isOfOneCall(String id, List<LogLine> lines) {
    int number = Integer.parseInt(id.substring(2));
    String tenant = "t-" + number % 7;
    boolean fails = number % 5 == 0;
    assertThat(lines).allSatisfy(line -> isOf(tenant, line));
    assertThat(lines)
        .extracting(line -> line.field("function_request_id"))
        .containsOnly(lines.get(0).field("function_request_id"));
    long details = lines.stream().filter(line -> line.message().startsWith("kept")).count();
    assertThat(lines).hasSize((int) details + 2 + (fails ? 1 : 0));
    if (HANDLERS.get(number % 3) == Sampled.class) {
      assertThat(details).isIn(0L, 2L);
    } else {
      assertThat(details).isEqualTo(fails && HANDLERS.get(number % 3) == Kept.class ? 2 : 0);
    }
  }

  private static void isOf(String tenant, LogLine line) {
    assertThat(line.message()).endsWith(" " + tenant);
    assertThat(line.fields()).containsEntry("tenant", tenant).containsEntry("customer", tenant);
  }
}
