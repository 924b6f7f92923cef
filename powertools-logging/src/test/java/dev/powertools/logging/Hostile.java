// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes what a log should not be given, from a seed. */
final class Hostile {

  private static final String[] PIECES = {
    "",
    "{}",
    "\"",
    "\\",
    "\n",
    "\r\n",
    "\u0000",
    "\u001b[31m",
    "\u007f",
    "\u0085",
    "\u2028",
    "\u2029",
    "\ud83d",
    "\ude00",
    "\ud83d\ude00",
    "é",
    "€",
    "{\"a\":1}",
    "message",
    "level",
    "error",
    "#2",
    "user_message",
    "…",
    "\uffff",
    "\ufeff",
    "a",
    "order",
    "/",
    "%s",
    "${x}"
  };
  private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

  private final Random random;

  Hostile(Random random) {
    this.random = random;
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  String text() {
    if (oneIn(8_000)) {
      return PIECES[random.nextInt(PIECES.length)].concat("x").repeat(TEN_MEGABYTES / 2);
    }
    if (oneIn(1_000)) {
      return PIECES[random.nextInt(PIECES.length)].repeat(random.nextInt(50_000));
    }
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(6); n > 0; n--) {
      text.append(
          oneIn(4)
              ? String.valueOf((char) random.nextInt(0x10000))
              : PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private String piece() {
    return PIECES[random.nextInt(PIECES.length)];
  }

  @Nullable String textOrNull() {
    return oneIn(20) ? null : text();
  }

  @Nullable Object value() {
    return value(3);
  }

  private @Nullable Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 29 : 14)) {
      case 0 -> null;
      case 1 -> random.nextLong();
      case 2 -> random.nextInt();
      case 3 -> new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.0, 1e300}[random.nextInt(4)];
      case 4 -> Float.NEGATIVE_INFINITY;
      case 5 -> random.nextBoolean();
      case 6 -> new BigDecimal("1e" + random.nextInt(1000));
      case 7 -> BigInteger.ONE.shiftLeft(random.nextInt(2_000));
      case 8 -> Instant.ofEpochMilli(random.nextLong() >>> 20);
      case 9 -> (char) random.nextInt(0x10000);
      case 10 -> Thread.State.BLOCKED;
      case 11 -> ByteBuffer.allocate(3);
      case 12 -> thrower(() -> new IllegalStateException(text()));
      case 13 -> oneIn(200) ? overflow() : text();
      case 14 -> map(depth);
      case 15 -> list(depth);
      case 16 -> new @Nullable Object[] {value(depth - 1), value(depth - 1)};
      case 17 -> Optional.ofNullable(value(depth - 1));
      case 18 -> new Pair(value(depth - 1), text());
      case 19 -> new Explosive(1);
      case 20 -> cycle();
      case 21 -> thrower(() -> new LinkageError(text()));
      case 22 -> brokenMap();
      case 23 -> thrower(this::error);
      case 24 -> new Bean(this, depth - 1);
      case 25 -> new Bean(this, 0).self();
      case 26 -> Logs.kv(text(), value(depth - 1));
      case 27 -> new OneError(this);
      default -> new int[] {random.nextInt()};
    };
  }

  /** Those of the virtual machine, made by hand, and those that nobody expects. */
  private Error error() {
    return switch (random.nextInt(5)) {
      case 0 -> new StackOverflowError();
      case 1 -> new OutOfMemoryError(piece());
      case 2 -> new InternalError(piece());
      case 3 -> new NoClassDefFoundError(piece());
      default -> new Death();
    };
  }

  /** As an old way to stop a thread has it. */
  static final class Death extends Error {

    private static final long serialVersionUID = 1;

    Death() {
      super(null, null, false, false);
    }
  }

  /** With getters of which any may throw, lead back, or lead on. */
  static class Bean {

    private final Hostile hostile;
    private final int depth;
    private @Nullable Bean self;

    Bean(Hostile hostile, int depth) {
      this.hostile = hostile;
      this.depth = depth;
    }

    Bean self() {
      self = this;
      return this;
    }

    public @Nullable Object getValue() {
      return hostile.value(depth);
    }

    public String getText() {
      return hostile.piece();
    }

    public @Nullable Bean getSelf() {
      return self;
    }

    public boolean isBroken() {
      if (hostile.oneIn(3)) {
        throw hostile.error();
      }
      return true;
    }

    public Bean getNext() throws Exception {
      if (hostile.oneIn(2)) {
        throw new Exception(hostile.piece());
      }
      return hostile.oneIn(200) ? new Endless(hostile) : this;
    }

    @Override
    public String toString() {
      if (hostile.oneIn(3)) {
        throw hostile.error();
      }
      return hostile.oneIn(3) ? super.toString() : hostile.piece();
    }
  }

  /** Without end. */
  static final class Endless extends Bean {

    Endless(Hostile hostile) {
      super(hostile, 0);
    }

    @Override
    public Bean getNext() {
      return new Endless(new Hostile(new Random(1)));
    }
  }

  /** Whose component and text throw what a virtual machine does. */
  record OneError(Hostile hostile) {

    @Override
    public Hostile hostile() {
      throw hostile.error();
    }

    @Override
    public String toString() {
      throw hostile.error();
    }
  }

  record Pair(@Nullable Object left, String right) {}

  record Explosive(int value) {
    @Override
    public int value() {
      throw new AssertionError("no value");
    }
  }

  private Map<Object, @Nullable Object> map(int depth) {
    Map<Object, @Nullable Object> map = new HashMap<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      map.put(oneIn(5) ? random.nextInt() : text(), value(depth - 1));
    }
    return map;
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      list.add(value(depth - 1));
    }
    return list;
  }

  private Object cycle() {
    Object[] array = new Object[2];
    Map<String, Object> map = new HashMap<>();
    map.put("array", array);
    array[0] = map;
    array[1] = array;
    return random.nextBoolean() ? map : array;
  }

  private static Map<String, Object> brokenMap() {
    return new HashMap<>() {
      @Override
      public java.util.Set<Entry<String, Object>> entrySet() {
        throw new UnsupportedOperationException();
      }
    };
  }

  private static Object thrower(Supplier<? extends Throwable> thrown) {
    return new Object() {
      @Override
      public String toString() {
        Throwable t = thrown.get();
        if (t instanceof Error e) {
          throw e;
        }
        throw (RuntimeException) t;
      }
    };
  }

  private static Object overflow() {
    return new Object() {
      @Override
      public String toString() {
        return "x" + this;
      }
    };
  }

  Throwable throwable() {
    return throwable(3);
  }

  private Throwable throwable(int depth) {
    Throwable cause = depth > 0 && oneIn(2) ? throwable(depth - 1) : null;
    Throwable made =
        switch (random.nextInt(6)) {
          case 0 -> new Error(text(), cause);
          case 1 -> new Unreadable(this, cause);
          case 2 -> cyclic();
          default -> new RuntimeException(textOrNull(), cause);
        };
    if (depth > 0 && oneIn(3)) {
      made.addSuppressed(throwable(depth - 1));
    }
    if (oneIn(4)) {
      made.setStackTrace(
          new StackTraceElement[] {
            new StackTraceElement(text(), text(), textOrNull(), random.nextInt())
          });
    }
    return made;
  }

  private Throwable cyclic() {
    Exception one = new Exception(text());
    one.initCause(new Exception(text(), one));
    return one;
  }

  /** Of which any method may throw. */
  private static final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int broken;
    private final transient Hostile hostile;

    Unreadable(Hostile hostile, @Nullable Throwable cause) {
      super("unreadable", cause);
      this.hostile = hostile;
      this.broken = hostile.random.nextInt(4);
    }

    private <T> T broken(int which, T value) {
      if (broken == which) {
        throw new IllegalStateException(hostile.text());
      }
      return value;
    }

    @Override
    public String getMessage() {
      return broken(0, "message");
    }

    @Override
    public synchronized @Nullable Throwable getCause() {
      broken(1, "cause");
      return super.getCause();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      return broken(2, Arrays.copyOf(super.getStackTrace(), broken == 3 ? 100 : 1));
    }
  }
}
