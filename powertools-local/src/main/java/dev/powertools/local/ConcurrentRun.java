// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What came of invoking one handler object several times at once. Immutable.
 *
 * @param results the result of each event, in the order of the events
 * @param sharedWrites the fields, as {@code Class.field}, that changed while the invocations ran:
 *     state that they share, found by looking at the user's classes that can be reached from the
 *     handler object before, during and after. A write that is taken back at once may be missed
 */
public record ConcurrentRun(List<InvocationResult> results, Set<String> sharedWrites) {

  /** Copies both. */
  public ConcurrentRun {
    results = List.copyOf(results);
    sharedWrites = Set.copyOf(sharedWrites);
  }

  static ConcurrentRun of(FunctionOptions function, InProcessOptions options, List<byte[]> events) {
    HandlerObject object = HandlerObject.ofManyLoops(options);
    ExecutorService callers = Executors.newFixedThreadPool(events.size());
    try (EnvironmentPool pool =
        new EnvironmentPool(
            events.size(),
            options.initTimeout(),
            () -> FunctionLoop.start(function, options, object))) {
      pool.prepareAnother();
      Map<String, String> before = HandlerState.of(object.made()).prints();
      List<CompletableFuture<InvocationResult>> calls = new ArrayList<>();
      for (byte[] event : events) {
        calls.add(
            CompletableFuture.supplyAsync(
                () -> pool.invoke(event, InvokeOptions.defaults()), callers));
      }
      Set<String> writes = writesUntilDone(calls, object, before);
      return new ConcurrentRun(results(calls), writes);
    } finally {
      callers.shutdown();
    }
  }

  /** Looks on while they run, and once more when all are done. */
  private static Set<String> writesUntilDone(
      List<CompletableFuture<InvocationResult>> calls,
      HandlerObject object,
      Map<String, String> before) {
    Set<String> writes = new TreeSet<>();
    boolean running = true;
    while (running) {
      running = !calls.stream().allMatch(CompletableFuture::isDone);
      writes.addAll(HandlerState.differences(before, HandlerState.of(object.made()).prints()));
    }
    return writes;
  }

  private static List<InvocationResult> results(List<CompletableFuture<InvocationResult>> calls) {
    try {
      return calls.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }
}
