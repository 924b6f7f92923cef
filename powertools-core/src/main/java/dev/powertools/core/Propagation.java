// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.MdcCarrier;
import dev.powertools.core.internal.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the current unit of work over a thread hop: its facts, the logging context (MDC), and
 * whatever its carriers carry. Work that starts after the unit of work has ended is refused with
 * {@link InvocationClosedException}; work that is still running then is not stopped.
 *
 * <pre>{@code
 * Executor pool = Propagation.executor(Executors.newFixedThreadPool(4));
 * CompletableFuture.supplyAsync(() -> price(order), pool).join();
 * }</pre>
 */
public final class Propagation {

  private Propagation() {}

  /** An executor that takes along what is current where {@code execute} is called. */
  public static Executor executor(Executor delegate) {
    return task -> delegate.execute(wrap(task));
  }

  /** A task that runs with what is current here, now. */
  public static Runnable wrap(Runnable task) {
    Snapshot snapshot = Snapshot.take();
    return () -> {
      try (Snapshot.Attachment ignored = snapshot.attach()) {
        task.run();
      }
    };
  }

  /** A task that runs with what is current here, now. */
  public static <T extends @Nullable Object> Callable<T> wrapCallable(Callable<T> task) {
    Snapshot snapshot = Snapshot.take();
    return () -> {
      try (Snapshot.Attachment ignored = snapshot.attach()) {
        return task.call();
      }
    };
  }

  /** A supplier that runs with what is current here, now. */
  public static <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> task) {
    Snapshot snapshot = Snapshot.take();
    return () -> {
      try (Snapshot.Attachment ignored = snapshot.attach()) {
        return task.get();
      }
    };
  }

  /** What was current at one moment. */
  private record Snapshot(@Nullable Scope scope, List<ContextCarrier.Captured> captured) {

    static Snapshot take() {
      Scope scope = Scope.current();
      List<ContextCarrier.Captured> captured = new ArrayList<>();
      captured.add(MdcCarrier.INSTANCE.capture());
      LiveInvocation invocation = scope == null ? null : scope.invocation();
      if (invocation != null) {
        for (ContextCarrier carrier : invocation.carriers()) {
          if (carrier != MdcCarrier.INSTANCE) {
            captured.add(carrier.capture());
          }
        }
      }
      return new Snapshot(scope, captured);
    }

    Attachment attach() {
      LiveInvocation invocation = scope == null ? null : scope.invocation();
      if (invocation != null) {
        invocation.requireOpen();
      }
      Attachment attachment = new Attachment(new ArrayList<>(captured.size() + 1));
      try {
        for (ContextCarrier.Captured each : captured) {
          attachment.attached.add(each.attach());
        }
        Scope.Attached attached = scope == null ? Scope.attachNone() : scope.attach();
        attachment.attached.add(attached::close);
        return attachment;
      } catch (RuntimeException | Error e) {
        attachment.closeAfter(e);
        throw e;
      }
    }

    /** What to put back, in reverse order; all of it, whatever one of them throws. */
    private record Attachment(List<ContextCarrier.Attached> attached) implements AutoCloseable {

      @Override
      public void close() {
        RuntimeException failure = null;
        for (int i = attached.size() - 1; i >= 0; i--) {
          try {
            attached.get(i).close();
          } catch (RuntimeException e) {
            failure = failure == null ? e : failure;
          }
        }
        if (failure != null) {
          throw failure;
        }
      }

      void closeAfter(Throwable first) {
        try {
          close();
        } catch (RuntimeException e) {
          first.addSuppressed(e);
        }
      }
    }
  }
}
