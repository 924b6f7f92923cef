// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a throwable whose methods throw, or whose causes don't end. Immutable once
 * made.
 */
final class SafeThrowable implements IThrowableProxy {

  private static final int MAX_THROWABLES = 64;

  /** Whether what is read of throwables of a class is the JDK's own code, which does not throw. */
  private static final ClassValue<Boolean> OF_JDK =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isOfJdk(type, "getMessage")
              && isOfJdk(type, "getLocalizedMessage")
              && isOfJdk(type, "toString")
              && isOfJdk(type, "getStackTrace");
        }
      };

  private final String className;
  private final @Nullable String message;
  private final StackTraceElementProxy[] frames;
  private final boolean cyclic;
  private @Nullable SafeThrowable cause;
  private SafeThrowable[] suppressed = {};

  private SafeThrowable(Throwable thrown, boolean cyclic) {
    this.className = thrown.getClass().getName();
    this.message = guarded(thrown::getMessage, thrown, "getMessage()");
    this.frames = cyclic ? new StackTraceElementProxy[0] : frames(thrown);
    this.cyclic = cyclic;
  }

  /** Whether Logback can read it: no method throws, and there are not too many of them. */
  static boolean isReadable(Throwable thrown) {
    try {
      return left(thrown, MAX_THROWABLES) > 0;
    } catch (Throwable hostile) {
      return false;
    }
  }

  /** How many more may be looked at after {@code first} and all that hangs on it. */
  private static int left(Throwable first, int atFirst) {
    int left = atFirst;
    for (Throwable each = first; each != null && left > 0; each = each.getCause()) {
      left--;
      if (!OF_JDK.get(each.getClass())) {
        read(each);
      }
      for (Throwable other : each.getSuppressed()) {
        left = left > 0 ? left(other, left) : 0;
      }
    }
    return left;
  }

  private static void read(Throwable thrown) {
    String unusedMessage = thrown.getMessage();
    String unusedText = thrown.toString();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      frame.getClassName();
    }
  }

  private static boolean isOfJdk(Class<?> type, String method) {
    try {
      return type.getMethod(method).getDeclaringClass().getClassLoader() == null;
    } catch (NoSuchMethodException | LinkageError e) {
      return false;
    }
  }

  /** Reads what can be read. */
  static SafeThrowable of(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return of(thrown, seen);
  }

  private static SafeThrowable of(Throwable first, Set<Throwable> seen) {
    seen.add(first);
    SafeThrowable result = new SafeThrowable(first, false);
    result.readSuppressed(first, seen);
    SafeThrowable outer = result;
    Throwable each = guarded(first::getCause);
    while (each != null && seen.size() < MAX_THROWABLES) {
      boolean again = !seen.add(each);
      SafeThrowable inner = new SafeThrowable(each, again);
      outer.cause = inner;
      if (again) {
        break;
      }
      inner.readSuppressed(each, seen);
      outer = inner;
      each = guarded(each::getCause);
    }
    return result;
  }

  private void readSuppressed(Throwable thrown, Set<Throwable> seen) {
    List<SafeThrowable> all = new ArrayList<>();
    for (Throwable each : thrown.getSuppressed()) {
      if (seen.size() < MAX_THROWABLES) {
        all.add(seen.contains(each) ? new SafeThrowable(each, true) : of(each, seen));
      }
    }
    suppressed = all.toArray(new SafeThrowable[0]);
  }

  private static StackTraceElementProxy[] frames(Throwable thrown) {
    @Nullable StackTraceElement[] elements = guarded(thrown::getStackTrace);
    List<StackTraceElementProxy> frames = new ArrayList<>();
    if (elements != null) {
      for (StackTraceElement element : elements) {
        if (element != null) {
          frames.add(new StackTraceElementProxy(element));
        }
      }
    }
    return frames.toArray(new StackTraceElementProxy[0]);
  }

  private static <T> @Nullable T guarded(Supplier<? extends @Nullable T> read) {
    try {
      return read.get();
    } catch (Throwable hostile) {
      return null;
    }
  }

  private static @Nullable String guarded(
      Supplier<@Nullable String> read, Throwable thrown, String what) {
    try {
      return read.get();
    } catch (Throwable hostile) {
      return "!"
          + what
          + " of "
          + thrown.getClass().getName()
          + " threw "
          + hostile.getClass().getName();
    }
  }

  @Override
  public @Nullable String getMessage() {
    return message;
  }

  @Override
  public @Nullable String getOverridingMessage() {
    return null;
  }

  @Override
  public String getClassName() {
    return className;
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return frames;
  }

  @Override
  public int getCommonFrames() {
    return 0;
  }

  @Override
  public @Nullable IThrowableProxy getCause() {
    return cause;
  }

  @Override
  public IThrowableProxy[] getSuppressed() {
    return suppressed;
  }

  @Override
  public boolean isCyclic() {
    return cyclic;
  }
}
