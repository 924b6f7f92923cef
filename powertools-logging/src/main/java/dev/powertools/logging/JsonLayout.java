// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
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
    LineForm form = effective.form();
    line.use(form, settings.redactor());
    JsonWriter json = line.json().beginObject();
    head(event, line, settings, effective);
    json.rawMembers(form.constants());
    if (function != null && here != null) {
      json.rawMembers(here.facts(form));
      function.attributes().forEach(line);
      span(function.currentSpan(), line);
    }
    pairs(event, line);
    arguments(event, line);
    keys(line, function, here);
    mdc(event, line);
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      ErrorMember.write(line, thrown, effective);
    }
    json.endObject().endLine();
    if (settings.isReadable()) {
      line.readable(ReadableLine.of(line, effective));
    }
  }

  /** Nearer than the keys of the MDC, in which agents may put the same ids. */
  private static void span(@Nullable CurrentSpan source, Line line) {
    String traceId = source == null ? null : source.traceId();
    if (source != null && traceId != null) {
      span(Keys.TRACE_ID, traceId, line);
      span(Keys.SPAN_ID, source.spanId(), line);
    }
  }

  private static void span(String field, @Nullable String id, Line line) {
    String name = line.form().name(field);
    if (name != null) {
      line.surrounding(name, id);
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
    LineForm form = options.form();
    if (form.timestamp != null) {
      json.name(form.timestamp);
      line.time().write(settings.timeOf(event), json);
    }
    if (form.level != null) {
      json.name(form.level);
      line.known(String.valueOf(event.getLevel()));
    }
    if (form.service != null) {
      json.name(form.service);
      line.known(settings.service());
    }
    if (form.message != null) {
      json.name(form.message);
      message(event, line, options);
    }
    if (form.logger != null) {
      json.name(form.logger);
      line.known(event.getLoggerName());
    }
    if (options.isWithThread()) {
      thread(event, json, form);
    }
    if (options.isWithLocation()) {
      Location.write(event, json, form);
    }
  }

  private static void message(ILoggingEvent event, Line line, LayoutOptions options) {
    JsonWriter json = line.json();
    String pattern = event.getMessage();
    @Nullable Object[] arguments = event.getArgumentArray();
    if (pattern == null || arguments == null) {
      json.value(shown(pattern, line, options));
    } else {
      StringBuilder text = line.text();
      MessageText.append(text, pattern, arguments, line);
      if (options.isWithRedactedMessages()) {
        json.value(shown(text.toString(), line, options));
      } else {
        json.value(text);
      }
    }
  }

  private static @Nullable String shown(
      @Nullable String message, Line line, LayoutOptions options) {
    return message == null || !options.isWithRedactedMessages()
        ? message
        : line.redactor().text(message);
  }

  /** Number and priority are this thread's, unless the event comes from another one. */
  private static void thread(ILoggingEvent event, JsonWriter json, LineForm form) {
    String thread = event.getThreadName();
    String name = form.name(Keys.THREAD);
    if (name != null) {
      json.name(name).value(thread);
    }
    Thread current = Thread.currentThread();
    if (current.getName().isEmpty() || current.getName().equals(thread)) {
      number(form.name(Keys.THREAD_ID), current.getId(), json);
      number(form.name(Keys.THREAD_PRIORITY), current.getPriority(), json);
    }
  }

  private static void number(@Nullable String name, long value, JsonWriter json) {
    if (name != null) {
      json.name(name).value(value);
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

  private static void arguments(ILoggingEvent event, Line line) {
    @Nullable Object[] arguments = event.getArgumentArray();
    if (arguments != null) {
      for (Object argument : arguments) {
        boolean plain = argument instanceof String || argument instanceof Number;
        if (!plain && argument instanceof KeyValue pair) { // a class that most never load
          line.own(pair.key(), pair.value());
        }
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
    for (int i = 0; i < names.size(); i += 2) {
      String name = names.get(i);
      if (isFirst(name)) {
        context
            .getLogger(Warnings.LOGGER_NAME)
            .warn(
                "The key \"{}\" is the toolkit's own; yours is written as \"{}\". Give it another"
                    + " name.",
                name,
                names.get(i + 1));
      }
    }
  }

  private boolean isFirst(String name) {
    Scope scope = Scope.current();
    return scope == null ? warned.first(name) : Warnings.first("the key " + name, scope.runtime());
  }
}
