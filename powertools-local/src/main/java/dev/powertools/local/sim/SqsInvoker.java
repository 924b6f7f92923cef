// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.FunctionError;
import dev.powertools.local.FunctionInitException;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.VirtualClock;
import dev.powertools.local.sqs.BatchResponseRule;
import dev.powertools.local.sqs.BatchResponseRule.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches to the function and reads its answers by AWS's rule. Thread-safe if the function
 * is.
 */
final class SqsInvoker {

  /** What an invocation came to; no decision if the function had no room. */
  record Verdict(String requestId, @Nullable Decision decision, boolean failed) {}

  private final VirtualClock clock;
  private final EventFunction function;
  private final Duration timeout;
  private final boolean reportBatchItemFailures;
  private final SqsFaults faults;
  private final Random ids;
  private int invocations;
  private int running;

  SqsInvoker(
      VirtualClock clock,
      EventFunction function,
      Duration timeout,
      boolean reportBatchItemFailures,
      SqsFaults faults,
      long seed) {
    this.clock = clock;
    this.function = function;
    this.timeout = timeout;
    this.reportBatchItemFailures = reportBatchItemFailures;
    this.faults = faults;
    this.ids = new Random(seed + 1);
  }

  Verdict invoke(SqsBatch batch, byte[] event) {
    InvokeOptions how;
    @Nullable SqsFault fault;
    synchronized (this) {
      how = InvokeOptions.builder().requestId(newId()).build();
      fault = faults.of(++invocations).orElse(null);
      if (fault == SqsFault.THROTTLE || running >= function.maxConcurrency()) {
        return new Verdict(how.requestId(), null, false);
      }
      running++;
    }
    try {
      return decided(batch, event, how, fault);
    } finally {
      synchronized (this) {
        running--;
      }
    }
  }

  int invocations() {
    synchronized (this) {
      return invocations;
    }
  }

  private Verdict decided(
      SqsBatch batch, byte[] event, InvokeOptions how, @Nullable SqsFault fault) {
    if (fault == SqsFault.KILL) {
      return failed(how, FunctionError.EXITED + ": killed before it did anything");
    }
    Instant deadline = clock.now().plus(timeout);
    EventAnswer answer = answer(event, how);
    if (!answer.reached()) {
      return new Verdict(how.requestId(), null, false);
    }
    if (fault == SqsFault.TIMEOUT) {
      clock.advanceTo(deadline);
    }
    if (fault == SqsFault.TIMEOUT || clock.now().isAfter(deadline)) {
      return failed(how, FunctionError.TIMED_OUT + ": it ran for longer than " + timeout);
    }
    if (fault == SqsFault.DROP_RESPONSE) {
      return failed(how, "its response was lost");
    }
    if (answer.error().isPresent()) {
      FunctionError error = answer.error().get();
      return failed(how, error.type() + ": " + error.message());
    }
    Decision decision =
        BatchResponseRule.succeeded(reportBatchItemFailures, batch.ids(), answer.payload());
    return new Verdict(how.requestId(), decision, false);
  }

  private EventAnswer answer(byte[] event, InvokeOptions how) {
    try {
      return function.invoke(event, how);
    } catch (FunctionInitException e) {
      throw e;
    } catch (RuntimeException e) {
      return EventAnswer.failed(e);
    }
  }

  private static Verdict failed(InvokeOptions how, String error) {
    return new Verdict(how.requestId(), BatchResponseRule.failed(error), true);
  }

  private String newId() {
    byte[] bytes = new byte[16];
    ids.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes).toString();
  }
}
