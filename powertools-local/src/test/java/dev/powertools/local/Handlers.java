// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The functions that the tests run, each in the shape that users write. */
public final class Handlers {
  private Handlers() {}

  /** Says how often this object was called. */
  public static final class Counting implements RequestHandler<Map<String, Object>, Integer> {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public Integer handleRequest(Map<String, Object> event, Context context) {
      return calls.incrementAndGet();
    }
  }

  /** Returns its input's bytes. */
  public static final class Echo implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      in.transferTo(out);
    }
  }

  /** What the context says. */
  public static final class Facts implements RequestHandler<Object, Map<String, Object>> {
    @Override
    public Map<String, Object> handleRequest(Object event, Context context) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("requestId", context.getAwsRequestId());
      facts.put("function", context.getFunctionName());
      facts.put("version", context.getFunctionVersion());
      facts.put("memory", context.getMemoryLimitInMB());
      facts.put("arn", context.getInvokedFunctionArn());
      facts.put("logGroup", context.getLogGroupName());
      facts.put("tenant", context.getTenantId());
      facts.put("trace", context.getXrayTraceId());
      facts.put("hasTimeLeft", context.getRemainingTimeInMillis() > 0);
      facts.put("stage", System.getenv("STAGE"));
      facts.put("logStream", context.getLogStreamName());
      facts.put("hasLogger", context.getLogger() != null);
      if (context.getIdentity() != null) {
        facts.put("identity", context.getIdentity().getIdentityId());
        facts.put("pool", context.getIdentity().getIdentityPoolId());
      }
      if (context.getClientContext() != null) {
        facts.put("custom", context.getClientContext().getCustom());
        facts.put("app", context.getClientContext().getClient().getAppTitle());
      }
      return facts;
    }
  }

  /** An order, as a bean. */
  public static final class Order {
    private String id = "";
    private int cents;

    /** The order's id. */
    public String getId() {
      return id;
    }

    /** Sets the id. */
    public void setId(String id) {
      this.id = id;
    }

    /** The price. */
    public int getCents() {
      return cents;
    }

    /** Sets the price. */
    public void setCents(int cents) {
      this.cents = cents;
    }
  }

  /** A plain class with a method. */
  public static final class Plain {
    /** The handler method. */
    public String price(Order order, Context context) {
      return order.getId() + " costs " + order.getCents();
    }
  }

  /** Reads AWS's own event type. */
  public static final class Sqs implements RequestHandler<SQSEvent, String> {
    @Override
    public String handleRequest(SQSEvent event, Context context) {
      return event.getRecords().get(0).getBody();
    }
  }

  /** Throws. */
  public static final class Throwing implements RequestHandler<Object, String> {
    @Override
    public String handleRequest(Object event, Context context) {
      throw new IllegalStateException("no stock");
    }
  }

  /** Throws, one level down. */
  public static final class ThrowingStream implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {
      throw new IllegalStateException("no stream");
    }
  }

  /** Throws what ends the runtime's loop, if told to. */
  public static final class Fatal implements RequestHandler<Map<String, Object>, String> {
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
      if (event.containsKey("fatal")) {
        throw new InternalError("broken machine");
      }
      return "fine";
    }
  }

  /** Ends its process, if told to. */
  public static final class Exiting implements RequestHandler<Map<String, Object>, String> {
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
      if (event.containsKey("exit")) {
        System.exit(3);
      }
      return "fine";
    }
  }

  /** Never returns, if told to. */
  public static final class Hanging implements RequestHandler<Map<String, Object>, String> {
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
      if (event.containsKey("hang")) {
        System.out.println("hanging in " + ProcessHandle.current().pid());
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return "fine";
    }
  }

  /** Can't be constructed. */
  public static final class Broken implements RequestHandler<Object, String> {
    /** Throws. */
    public Broken() {
      throw new IllegalStateException("no connection");
    }

    @Override
    public String handleRequest(Object event, Context context) {
      return "unreachable";
    }
  }

  /** Ends its process before it is ready. */
  public static final class ExitingAtInit implements RequestHandler<Object, String> {
    /** Exits. */
    public ExitingAtInit() {
      System.out.println("these are the last words");
      System.exit(7);
    }

    @Override
    public String handleRequest(Object event, Context context) {
      return "unreachable";
    }
  }

  /** Starts a process that outlasts it, and names both. */
  public static final class Spawning implements RequestHandler<Object, String> {
    @Override
    public String handleRequest(Object event, Context context) {
      try {
        Process child = new ProcessBuilder("sleep", "300").start();
        return ProcessHandle.current().pid() + " " + child.pid();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A JVM that invokes a function in a process of its own and exits without closing it. */
  static final class ExitsWithoutClose {
    private ExitsWithoutClose() {}

    public static void main(String[] arguments) {
      LocalFunction function = LocalFunction.fork(FunctionOptions.of(Spawning.class.getName()));
      System.out.println("\npids " + function.invoke("{}".getBytes(StandardCharsets.UTF_8)).text());
      System.exit(0);
    }
  }
}
