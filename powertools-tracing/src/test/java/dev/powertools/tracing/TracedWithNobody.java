// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.config.Config;
import dev.powertools.tracing.Calls.TestContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** What a traced function does, for a class path of its own. Touches no OpenTelemetry itself. */
public final class TracedWithNobody implements Callable<String> {

  /** As the class path's loader makes it. */
  public TracedWithNobody() {}

  /** A handler. */
  static final class Handler {
    @Tracing
    String handle(@SpanAttribute(value = "id", pointer = "/orderId") Map<String, String> event) {
      return "handled " + event.get("orderId");
    }
  }

  @Override
  public String call() {
    FunctionRuntime runtime = FunctionRuntime.builder().config(Config.of(Map.of())).build();
    Chain chain = Calls.chain(Handler.class, "handle", true, runtime);
    Map<String, String> event = Map.of("orderId", "o-1");
    Object result =
        Calls.invoke(
            runtime,
            event,
            TestContext.plain(),
            () -> Calls.through(chain, (target, arguments) -> steps(event), event));
    return "links: " + (chain.isEmpty() ? "none" : "some") + ", " + result;
  }

  private static String steps(Map<String, String> event) {
    Map<String, String> headers = new TreeMap<>();
    String inner =
        Traces.span(
            "inner",
            () -> {
              Traces.attribute("a", 1);
              Traces.inject(headers);
              return "inner";
            });
    return Traces.call(event, null, () -> new Handler().handle(event))
        + ", "
        + inner
        + ", headers: "
        + headers
        + ", "
        + Traces.awsTraceHeader().stream().toList();
  }
}
