// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.ContextCarrier;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.SignalListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Who wants to hear of a unit of work. The lists are immutable and replaced under the lock, since
 * most units of work have none or one of each. Thread-safe.
 */
final class Hooks {

  private volatile List<Runnable> beforeResponse = List.of();
  private volatile List<Consumer<FinalOutcome>> onEnd = List.of();
  private volatile List<SignalListener> listeners = List.of();
  private volatile List<ContextCarrier> carriers = List.of();

  synchronized void beforeResponse(Runnable hook) {
    beforeResponse = plus(beforeResponse, hook);
  }

  synchronized void onEnd(Consumer<FinalOutcome> hook) {
    onEnd = plus(onEnd, hook);
  }

  synchronized void listen(SignalListener listener) {
    listeners = plus(listeners, listener);
  }

  synchronized void carry(ContextCarrier carrier) {
    carriers = plus(carriers, carrier);
  }

  List<SignalListener> listeners() {
    return listeners;
  }

  List<ContextCarrier> carriers() {
    return carriers;
  }

  void runBeforeResponse() {
    for (Runnable hook : beforeResponse) {
      guarded(hook);
    }
  }

  void runOnEnd(FinalOutcome outcome) {
    for (Consumer<FinalOutcome> hook : onEnd) {
      guarded(() -> hook.accept(outcome));
    }
  }

  private static void guarded(Runnable hook) {
    try {
      hook.run();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      LoggerFactory.getLogger(LiveInvocation.class)
          .error("A hook at the end of an invocation threw; the response is not changed by it", e);
    }
  }

  private static <T> List<T> plus(List<T> list, T element) {
    if (list.isEmpty()) {
      return List.of(element);
    }
    List<T> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    longer.add(element);
    return List.copyOf(longer);
  }
}
