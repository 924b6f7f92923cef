// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.logging.Logging;
import dev.powertools.tracing.Traces;
import dev.powertools.tracing.Tracing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Functions that keep what they should not, and one that does not. */
final class LeakyHandlers {

  private static final ExecutorService POOL =
      Executors.newSingleThreadExecutor(work -> daemon(work, "leaky-pool"));

  private LeakyHandlers() {}

  /** Whom to greet. */
  record Customer(String name) {}

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  static void clear() {
    StaticMap.SEEN.clear();
    POOL.execute(PooledThreadLocal.CURRENT::remove);
    QueuedTask.LATER.getQueue().clear();
  }

  @Logging
  public static class Clean extends FunctionHandler<Customer, String> {
    private static final Logger LOG = LoggerFactory.getLogger(Clean.class);

    @Override
    protected String handle(Customer customer, Context context) throws Exception {
      LOG.info("Greeting {}", customer.name());
      return "Hello " + customer.name();
    }
  }

  @Tracing
  public static class Traced extends FunctionHandler<Customer, String> {
    @Override
    protected String handle(Customer customer, Context context) throws Exception {
      return Traces.span(
          "greet",
          () -> {
            Traces.attribute("customer", customer.name());
            return "Hello";
          });
    }
  }

  public static class StaticMap extends Clean {
    static final Map<String, String> SEEN = new ConcurrentHashMap<>();

    @Override
    protected String handle(Customer customer, Context context) {
      return SEEN.computeIfAbsent(customer.name(), name -> "Hello");
    }
  }

  public static class PooledThreadLocal extends Clean {
    static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    @Override
    protected String handle(Customer customer, Context context)
        throws InterruptedException, ExecutionException {
      POOL.submit(() -> CURRENT.set(customer.name())).get();
      return "Hello";
    }
  }

  public static class InstanceField extends Clean {
    private String last = "";

    @Override
    protected String handle(Customer customer, Context context) {
      String before = last;
      last = customer.name();
      return "Hello" + before.length();
    }
  }

  public static class QueuedTask extends Clean {
    static final ScheduledThreadPoolExecutor LATER =
        new ScheduledThreadPoolExecutor(1, work -> daemon(work, "later-pool"));

    @Override
    protected String handle(Customer customer, Context context) {
      Future<?> unused = LATER.schedule(() -> customer.name().length(), 1, TimeUnit.HOURS);
      return "Hello";
    }
  }

  /** Stands for a database. */
  static final class Repository {
    private final List<String> names = new CopyOnWriteArrayList<>();

    List<String> names() {
      return names;
    }
  }

  public static class Storing extends Clean {
    @Override
    protected String handle(Customer customer, Context context) {
      FunctionRuntime.current().part(Repository.class).orElseThrow().names.add(customer.name());
      return "Hello";
    }
  }

  public static class Asking extends Clean {
    @Override
    protected String handle(Customer customer, Context context) {
      return FunctionRuntime.current()
          .part(SqsClient.class)
          .orElseThrow()
          .getQueueUrl(q -> q.queueName(customer.name()))
          .queueUrl();
    }
  }
}
