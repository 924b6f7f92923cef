// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.powertools.core.CurrentSpan;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.internal.WarnedOf;
import dev.powertools.core.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Makes a line of an event: the head (time, level, service, message, logger, thread), the
 * platform's facts, the features' facts, then the user's keys, the nearest first (the line's own
 * pairs, {@link Logs#with}, {@link Logs#put}, the MDC), and the error. Of several surrounding keys
 * of one name the nearest stands. The toolkit's names are closed to users' keys, which are then
 * called {@code user_…}. Thread-safe.
 *
 * <p>An object may log while its text is asked for: each such line has buffers of its own. One that
 * never ends to do so is no longer asked at the 8th level.
 */
final class JsonLayout {

  private static final int MAX_NESTING = 8;

  private static final ThreadLocal<int[]> NESTING =
      new ThreadLocal<>() {
        @Override
        protected int[] initialValue() {
          return new int[1];
        }
      };

  private final LineSettings outside;
  private final LayoutOptions options;
  private final WarnedOf warned = new WarnedOf();

  private JsonLayout(LineSettings outside, LayoutOptions options) {
    this.outside = outside;
    this.options = options;
  }

  static JsonLayout of(Config config) {
    return of(config, LayoutOptions.defaults());
  }

  /**
   * A layout.
   *
   * @param config for lines outside of any runtime
   * @param options where the runtime has none
   */
  static JsonLayout of(Config config, LayoutOptions options) {
    return new JsonLayout(LineSettings.of(config), options);
  }

  /** Makes the line, with its line end. Whatever the event holds, it is one line of valid JSON. */
  void write(ILoggingEvent event, Line line, @Nullable LoggerContext context) {
    int[] nesting = NESTING.get();
    nesting[0]++;
    try {
      line.begin(nesting[0] > MAX_NESTING);
      compose(event, line, Scope.current());
    } catch (Throwable thrown) {
      remains(event, line, thrown);
    } finally {
      nesting[0]--;
    }
    if (!line.renamed().isEmpty() && context != null) {
      warn(line.renamed(), context);
    }
  }

  /** What can be said for certain, where composing the line has failed. */
  private void remains(ILoggingEvent event, Line line, Throwable thrown) {
    line.begin(true);
    JsonWriter json = line.json().beginObject();
    json.name(Keys.TIMESTAMP);
    line.time().write(event.getTimeStamp(), json);
    json.name(Keys.LEVEL).value(String.valueOf(event.getLevel()));
    json.name(Keys.SERVICE).value(outside.service());
    json.name(Keys.MESSAGE).value(event.getMessage());
    json.name(Keys.LOGGER).value(event.getLoggerName());
    json.name("logging_error").value(thrown.getClass().getName());
    json.endObject().endLine();
  }

  private void compose(ILoggingEvent event, Line line, @Nullable Scope scope) {
    LiveInvocation function = scope == null ? null : scope.invocation();
    LogScope here = function == null ? null : LogScope.of(function);
    LineSettings settings = settings(scope, here);
    LayoutOptions own = settings.options();
    LayoutOptions effective = own == null ? options : own;
    line.redactor(settings.redactor());
    JsonWriter json = line.json().beginObject();
    head(event, line, settings, effective);
    if (function != null && here != null) {
      json.rawMembers(here.facts());
      function.attributes().forEach(line);
      span(function.currentSpan(), line);
    }
    pairs(event, line);
    keys(line, function, here);
    mdc(event, line);
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      ErrorMember.write(line, thrown, effective);
    }
    json.endObject().endLine();
  }

  /** Nearer than the keys of the MDC, in which agents may put the same ids. */
  private static void span(@Nullable CurrentSpan source, Line line) {
    String traceId = source == null ? null : source.traceId();
    if (source != null && traceId != null) {
      line.surrounding(Keys.TRACE_ID, traceId);
      line.surrounding(Keys.SPAN_ID, source.spanId());
    }
  }

  private LineSettings settings(@Nullable Scope scope, @Nullable LogScope here) {
    if (here != null) {
      return here.settings();
    }
    return scope == null ? outside : LineSettings.of(scope.runtime());
  }

  private static void head(
      ILoggingEvent event, Line line, LineSettings settings, LayoutOptions options) {
    JsonWriter json = line.json();
    json.name(Keys.TIMESTAMP);
    line.time().write(settings.timeOf(event), json);
    json.name(Keys.LEVEL).value(String.valueOf(event.getLevel()));
    json.name(Keys.SERVICE).value(settings.service());
    json.name(Keys.MESSAGE).value(shown(message(event, line), line, options));
    json.name(Keys.LOGGER).value(event.getLoggerName());
    if (options.isWithThread()) {
      thread(event, json);
    }
  }

  private static @Nullable String shown(
      @Nullable String message, Line line, LayoutOptions options) {
    return message == null || !options.isWithRedactedMessages()
        ? message
        : line.redactor().text(message);
  }

  private static @Nullable String message(ILoggingEvent event, Line line) {
    if (!(event instanceof LoggingEvent)) {
      return event.getFormattedMessage();
    }
    String pattern = event.getMessage();
    @Nullable Object[] arguments = event.getArgumentArray();
    if (pattern == null || arguments == null) {
      return pattern;
    }
    StringBuilder text = line.text();
    MessageText.append(text, pattern, arguments, line);
    return text.toString();
  }

  /** Number and priority are this thread's, unless the event comes from another one. */
  private static void thread(ILoggingEvent event, JsonWriter json) {
    String name = event.getThreadName();
    json.name(Keys.THREAD).value(name);
    Thread current = Thread.currentThread();
    if (current.getName().isEmpty() || current.getName().equals(name)) {
      json.name(Keys.THREAD_ID).value(current.getId());
      json.name(Keys.THREAD_PRIORITY).value(current.getPriority());
    }
  }

  private static void pairs(ILoggingEvent event, Line line) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        line.own(pair.key, pair.value);
      }
    }
  }

  private static void keys(Line line, @Nullable LiveInvocation function, @Nullable LogScope here) {
    for (ThreadKeys each = ThreadKeys.top(); each != null; each = each.below()) {
      if (each.isSeenIn(function)) {
        line.surrounding(each.key(), each.value());
      }
    }
    for (LogScope each = here; each != null; each = each.parent()) {
      surrounding(line, each.keys());
    }
  }

  private static void mdc(ILoggingEvent event, Line line) {
    Map<String, String> mdc = event.getMDCPropertyMap();
    if (mdc != null) {
      surrounding(line, mdc);
    }
  }

  private static void surrounding(Line line, Map<String, ? extends @Nullable Object> keys) {
    if (!keys.isEmpty()) {
      for (Map.Entry<String, ? extends @Nullable Object> entry : keys.entrySet()) {
        line.surrounding(entry.getKey(), entry.getValue());
      }
    }
  }

  private void warn(List<String> names, LoggerContext context) {
    for (String name : names) {
      if (warned.first(name)) {
        context
            .getLogger(Warnings.LOGGER_NAME)
            .warn(
                "The key \"{}\" is the toolkit's own; yours is written as \"{}\". Give it another"
                    + " name.",
                name,
                LineNames.renamed(name));
      }
    }
  }
}
