// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.SourceQueues.DeniedException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How often queues deliver a message before they give it up, as their redrive policies say. Each is
 * read once; where that failed, it is tried again some minutes later. Part of a runtime;
 * thread-safe.
 */
final class ReceiveLimits {

  /** Of a queue that never gives up, or of which nobody knows. */
  static final int NONE = Integer.MAX_VALUE;

  private static final String PERMISSION = "sqs:GetQueueAttributes";
  private static final Duration TRIED_AGAIN = Duration.ofMinutes(5);

  private final FunctionRuntime runtime;
  private final Map<String, Limit> bySource = new ConcurrentHashMap<>();

  private record Limit(int receives, boolean known, long nanoTime) {}

  private ReceiveLimits(FunctionRuntime runtime) {
    this.runtime = runtime;
  }

  static ReceiveLimits of(FunctionRuntime runtime) {
    return runtime.part(ReceiveLimits.class, ReceiveLimits::new);
  }

  /** The limit of a queue, which may be asked for it, but not for long. */
  static int within(LiveInvocation batch, String source) {
    ReceiveLimits limits = of(batch.runtime());
    if (!limits.isSettled(limits.bySource.get(source))) {
      Dispatches.brief(batch).each(1, index -> null, index -> limits.of(source));
    }
    Limit limit = limits.bySource.get(source);
    return limit == null ? NONE : limit.receives;
  }

  /** The limit of a queue, which may be asked for it. */
  int of(String source) {
    return bySource.compute(source, (s, limit) -> isSettled(limit) ? limit : ask(s)).receives;
  }

  private boolean isSettled(@Nullable Limit limit) {
    return limit != null
        && (limit.known || runtime.timing().nanoTime() - limit.nanoTime < TRIED_AGAIN.toNanos());
  }

  private Limit ask(String source) {
    long now = runtime.timing().nanoTime();
    try {
      int limit =
          runtime.part(SourceQueues.class, r -> new SqsSourceQueues(r)).mostReceives(source);
      return new Limit(limit, true, now);
    } catch (DeniedException e) {
      String consequence =
          "nobody knows which receive of a message is its last, and the queue gives it up itself";
      BatchLog.denied(PERMISSION, source, consequence, e);
      return new Limit(NONE, true, now);
    } catch (RuntimeException | LinkageError e) {
      BatchLog.limitUnknown(source, e);
      return new Limit(NONE, false, now);
    }
  }
}
