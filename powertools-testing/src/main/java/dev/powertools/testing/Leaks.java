// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.local.aws.Aws;
import dev.powertools.local.aws.AwsCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds what one tenant's invocation leaves behind for the next: a secret that only tenant A's
 * event contains must be nowhere in the response, the log lines and the AWS requests of B's
 * invocation, and nowhere in the live heap once A's has ended.
 *
 * <pre>{@code
 * leaks.twoTenants(
 *     acme -> function.invokeJson("{\"customer\":\"" + acme.text() + "\"}"),
 *     () -> function.invokeJson("{\"customer\":\"globex\"}"));
 * }</pre>
 *
 * <p>Whatever the harness holds, and the test's own fields, are outside: A's log lines and requests
 * are records of the test, and do not count as left behind. Fakes that stand for a database are to
 * be named by {@link #ignoring}. The search of the heap needs HotSpot. Thread-safe.
 */
public final class Leaks {

  private final FunctionLogs logs;
  private final Aws aws;
  private final Set<String> handlers;
  private final SecureRandom random = new SecureRandom();
  private final List<Canary> canaries = new CopyOnWriteArrayList<>();
  private final Set<String> ignored = ConcurrentHashMap.newKeySet();
  private final Map<String, Function<TestResponse, ? extends Iterable<? extends CharSequence>>>
      sources = new ConcurrentHashMap<>();

  Leaks(FunctionLogs logs, Aws aws, Set<String> handlers) {
    this.logs = logs;
    this.aws = aws;
    this.handlers = handlers;
  }

  /** A new secret of a tenant, to be put into its event. */
  public Canary canary(String tenant) {
    Canary canary = new Canary(tenant, random);
    canaries.add(canary);
    return canary;
  }

  /**
   * Has the texts of an invocation searched as well, such as what it wrote into a file.
   *
   * @param name what they are, for the message
   * @param texts those of the invocation that answered so
   */
  public Leaks source(
      String name, Function<TestResponse, ? extends Iterable<? extends CharSequence>> texts) {
    sources.put(name, texts);
    return this;
  }

  /** Leaves out what instances of these classes hold: fakes of what is outside of the function. */
  public Leaks ignoring(Class<?>... types) {
    for (Class<?> type : types) {
      ignored.add(type.getName());
    }
    return this;
  }

  /**
   * Runs tenant A and then tenant B, in one warm environment if both invoke the same function, and
   * checks all there is to check: the heap in between, and all that B's invocation put out.
   *
   * @param first invokes for A, whose canary it puts into the event
   * @param second invokes for B
   * @return B's response
   * @throws AssertionError saying where A's secret was found, or that A's invocation failed
   */
  public TestResponse twoTenants(
      Function<Canary, TestResponse> first, Supplier<TestResponse> second) {
    first
        .apply(canary("tenant A"))
        .error()
        .ifPresent(
            error -> {
              throw new AssertionError(
                  "The first tenant's invocation failed, so this proves nothing: "
                      + error.type()
                      + ": "
                      + error.message());
            });
    assertAbsentFromHeap();
    TestResponse response = second.get();
    assertAbsentFrom(response);
    return response;
  }

  /**
   * Checks that no canary is in the response, the log lines, the spans, the AWS requests and the
   * registered sources of an invocation.
   *
   * @throws AssertionError saying where one was found
   */
  public void assertAbsentFrom(TestResponse response) {
    Map<String, List<CharSequence>> texts = texts(response);
    List<String> found = new ArrayList<>();
    for (Canary canary : canaries) {
      String text = canary.text();
      texts.forEach(
          (where, searched) -> {
            if (searched.stream().anyMatch(one -> one.toString().contains(text))) {
              found.add("the " + canary + " is in the " + where);
            }
          });
    }
    if (!found.isEmpty()) {
      throw new AssertionError(
          "Another tenant's invocation "
              + response.requestId()
              + " shows it: "
              + String.join("; ", found));
    }
  }

  private Map<String, List<CharSequence>> texts(TestResponse response) {
    Map<String, List<CharSequence>> texts = new LinkedHashMap<>();
    texts.put("response", List.of(new String(response.bytes(), StandardCharsets.UTF_8)));
    texts.put("log lines", List.copyOf(logs.of(response).stream().map(LogLine::toString).toList()));
    for (AwsCall call : aws.requests()) {
      if (call.requestId().equals(response.requestId())) {
        texts
            .computeIfAbsent("request to " + call.request(), name -> new ArrayList<>())
            .add(call.request().http() + call.request().text());
      }
    }
    sources.forEach(
        (name, source) -> {
          List<CharSequence> all = new ArrayList<>();
          source.apply(response).forEach(all::add);
          texts.put(name, all);
        });
    return texts;
  }

  /**
   * Checks that no canary is in the live heap, after a garbage collection; takes about a tenth of a
   * second.
   *
   * @throws AssertionError naming the chain of holders of one that was found
   */
  public void assertAbsentFromHeap() {
    List<String> found = new ArrayList<>();
    try (HeapDump dump = HeapDump.take()) {
      for (Canary canary : canaries) {
        for (String chain : HeapSearch.find(dump.file(), canary.bytes(), new OfFunction())) {
          found.add("the " + canary + " is held by " + chain);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the heap's dump", e);
    }
    if (!found.isEmpty()) {
      throw new AssertionError(
          "Left behind in memory when the invocation was over:\n  "
              + String.join("\n  ", found)
              + "\nClear it when the invocation ends, or key it by tenant; if it stands for"
              + " something outside of the function, say leaks.ignoring(ItsClass.class).");
    }
  }

  /** The handlers and the collaborators given by the test, against harness and scratch memory. */
  private final class OfFunction implements HeapSearch.Scope {
    private final Set<String> ends = Set.copyOf(handlers);

    @Override
    public boolean isEnd(String className) {
      return ends.contains(className) || className.equals(FunctionRuntime.class.getName());
    }

    @Override
    public boolean isOutside(String className) {
      return ignored.contains(className) || Harness.owns(className);
    }
  }

  /**
   * Whose memory does not count: the harness's, that of test doubles with their records, and
   * buffers that are written over, in which some text is always left.
   */
  private static final class Harness {
    private static final List<String> PACKAGES =
        List.of(
            "dev.powertools.local.",
            "dev.powertools.testing.",
            "org.mockito.",
            "org.junit.",
            "org.apache.maven.surefire.",
            "com.amazonaws.services.lambda.runtime.api.client.",
            "sun.nio.cs.",
            "java.io.Buffered");
    private static final Set<String> CLASSES =
        Set.of(
            "dev.powertools.idempotency.MemoryStore",
            "dev.powertools.core.json.Utf8Buffer",
            "dev.powertools.logging.Line",
            "java.io.PrintStream");

    static boolean owns(String className) {
      return CLASSES.contains(className)
          || className.endsWith(".BufferRecycler")
          || PACKAGES.stream().anyMatch(className::startsWith);
    }
  }
}
