// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonLimits;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.core.redact.Redactor;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Writes the event, the response and the failure of a call into the log, where that was asked for.
 * What is written is redacted and cut; what passes through the call is neither touched nor held up:
 * the bytes of a stream are copied as the handler writes them. Thread-safe.
 */
final class PayloadLines {

  private static final String EVENT = "event";
  private static final String RESPONSE = "response";
  private static final String NO_JSON = "!no JSON";

  private final Logger logger;
  private final LoggingOptions options;
  private final JsonLimits limits;

  PayloadLines(Logger logger, LoggingOptions options) {
    this.logger = logger;
    this.options = options;
    int bytes = options.maxPayloadBytes();
    this.limits = new JsonLimits(Math.max(32, bytes), bytes);
  }

  void event(FunctionInvocation function) {
    if (options.isLogEvent() && logger.isInfoEnabled()) {
      safely(() -> line("Event", EVENT, tree(function.event(), NO_JSON), function));
    }
  }

  void response(@Nullable Object result, @Nullable CopiedOutput copy, FunctionInvocation function) {
    if (options.isLogResponse() && logger.isInfoEnabled()) {
      Object response = copy == null ? result : copy.bytes();
      safely(() -> line("Response", RESPONSE, tree(response), function));
    }
  }

  void error(Throwable thrown) {
    if (options.isLogError()) {
      safely(() -> logger.error("The call failed", thrown));
    }
  }

  /** The handler's output stream with a copy being taken; none if the copy is not wanted. */
  @Nullable CopiedOutput copyOf(@Nullable Object[] arguments) {
    boolean wanted = options.isLogResponse() && arguments.length > 1;
    return wanted && arguments[1] instanceof OutputStream out
        ? new CopiedOutput(out, limits.maxValueBytes())
        : null;
  }

  private void line(
      String message, String key, @Nullable Object payload, FunctionInvocation function) {
    Redactor redactor = LineSettings.of(function.runtime()).redactor();
    byte[] json = new JsonWriter(limits).redactor(redactor).value(payload).toByteArray();
    logger.atInfo().addKeyValue(key, new PayloadJson(json)).log(message);
  }

  /** JSON as JSON, anything else as text. */
  private static @Nullable Object tree(@Nullable Object response) {
    if (response instanceof byte[] bytes) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      return tree(EventView.of(bytes), text);
    }
    return response == null || response instanceof CharSequence
        ? response
        : tree(EventView.of(response), response.toString());
  }

  private static @Nullable Object tree(EventView payload, String otherwise) {
    byte[] json = payload.json(JsonPointer.root()).orElse(null);
    return json == null ? otherwise : JsonTree.read(json, JsonTree.Duplicates.MARK);
  }

  /** Observability does not break the function: what it can't show, it says once. */
  private static void safely(Runnable writing) {
    try {
      writing.run();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      if (Warnings.first(PayloadLines.class)) {
        Warnings.LOGGER.warn("An event or response can't be logged; the function goes on", e);
      }
    }
  }
}
