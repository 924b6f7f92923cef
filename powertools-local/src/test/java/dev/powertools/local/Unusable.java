// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.InputStream;
import java.util.Map;

/** Handlers that can't be made, each in its own way. */
public class Unusable {
  private Unusable() {}

  /** Is a handler in all but what its subclasses spoil. */
  public static class Fine implements RequestHandler<Map<String, Object>, String> {
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
      return "fine";
    }
  }

  /** Throws. */
  public static final class Throwing extends Fine {
    /** Misses a variable. */
    public Throwing() {
      throw new IllegalStateException("TABLE is not set");
    }
  }

  /** Throws before any object is made. */
  public static final class ThrowingStatically extends Fine {
    private static final int SIZE = Integer.parseInt("many");

    /** The size. */
    public int size() {
      return SIZE;
    }
  }

  /** Abstract. */
  public abstract static class Abstract extends Fine {}

  /** An interface. */
  public interface Contract extends RequestHandler<String, String> {}

  /** Keeps its constructor to itself. */
  public static final class Private extends Fine {
    private Private() {}
  }

  /** Wants a collaborator. */
  public static final class Dependent extends Fine {
    private final String table;

    /** By its table. */
    public Dependent(String table) {
      this.table = table;
    }

    /** The table. */
    public String table() {
      return table;
    }
  }

  static final class Hidden extends Fine {}

  /** Belongs to an object of the class around it. */
  @SuppressWarnings("ClassCanBeStatic")
  public final class Inner extends Fine {}

  /** No handler, but a class with a method. */
  public static final class Service {
    /** Could be a handler method. */
    public String price(Map<String, Object> event) {
      return "1";
    }

    String secret(String event) {
      return event;
    }

    /** Is not one. */
    public String four(String a, String b, String c, String d) {
      return a + b + c + d;
    }

    /** One of two. */
    public String twice(String event, Context context) {
      return event;
    }

    /** The other. */
    public String twice(Integer event, Context context) {
      return "" + event;
    }

    /** The platform takes the longest. */
    public String graded(String event) {
      return event;
    }

    /** This one. */
    public String graded(String event, Context context) {
      return event + context.getFunctionName();
    }

    /** Can't be told from the next by the platform's rule. */
    public String stream(InputStream event) {
      return "" + event;
    }
  }

  /** Nothing at all. */
  public static final class Empty {}

  /** Leaves its types open. */
  public static class Open<T> implements RequestHandler<T, String> {
    @Override
    public String handleRequest(T event, Context context) {
      return "" + event;
    }
  }
}
