// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.json.JsonLimits;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.core.redact.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts arguments into a message as SLF4J does: {@code {}} is the next argument, behind one
 * backslash it is not, behind two it is. Written here so that it fills a buffer that is reused, and
 * so that an argument whose {@code toString()} throws is named in the line instead of on standard
 * error.
 */
final class MessageText {

  private MessageText() {}

  static void append(StringBuilder to, String pattern, @Nullable Object[] arguments, Line line) {
    int count = arguments.length;
    if (count > 0 && arguments[count - 1] instanceof Throwable) {
      count--; // it is the line's error
    }
    int from = 0;
    int next = 0;
    while (next < count) {
      int at = pattern.indexOf("{}", from);
      if (at < 0) {
        break;
      }
      int backslashes = backslashesBefore(pattern, at);
      if (backslashes == 1) {
        to.append(pattern, from, at - 1).append('{');
        from = at + 1;
      } else {
        to.append(pattern, from, backslashes == 0 ? at : at - 1);
        argument(to, arguments[next++], line);
        from = at + 2;
      }
    }
    to.append(pattern, from, pattern.length());
  }

  /** None, one, or more. */
  private static int backslashesBefore(String pattern, int at) {
    if (at == 0 || pattern.charAt(at - 1) != '\\') {
      return 0;
    }
    return at >= 2 && pattern.charAt(at - 2) == '\\' ? 2 : 1;
  }

  private static void argument(StringBuilder to, @Nullable Object value, Line line) {
    if (value == null || value instanceof String) {
      to.append((String) value);
    } else if (value instanceof Integer || value instanceof Long) {
      to.append(((Number) value).longValue());
    } else if (value instanceof KeyValue pair) {
      pair(to, pair, line);
    } else {
      to.append(
          Line.isPlain(value) || !line.plainOnly()
              ? text(value, line.redactor())
              : Line.notShown(value));
    }
  }

  /** {@code key=value}, with the value as JSON if it has no text of its own. */
  private static void pair(StringBuilder to, KeyValue pair, Line line) {
    Object value = pair.value();
    String key = String.valueOf((Object) pair.key());
    to.append(key).append('=');
    if (value != null && line.redactor().hidesName(key)) {
      to.append(Redactor.MASK);
      return;
    }
    int from = to.length();
    argument(to, value instanceof KeyValue inner ? inner.key() : value, line);
    if (value != null && to.indexOf(value.getClass().getName() + "@", from) == from) {
      String json = masked(value, line.redactor());
      to.replace(from, to.length(), json.startsWith("{") ? json : to.substring(from));
    }
  }

  /** What holds something sensitive is shown as JSON, with that masked. */
  private static String text(Object value, Redactor redactor) {
    try {
      if (redactor.hidesTextOf(value)) {
        return masked(value, redactor);
      }
      return value.getClass().isArray()
          ? elements(value)
          : String.valueOf((Object) value.toString());
    } catch (Throwable thrown) {
      return "!toString() of "
          + value.getClass().getName()
          + " threw "
          + thrown.getClass().getName();
    }
  }

  private static String masked(Object value, Redactor redactor) {
    JsonWriter json = new JsonWriter(JsonLimits.forLogs()).redactor(redactor).value(value);
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }

  /** As if the array were the only element of another one, without the brackets of that. */
  private static String elements(Object array) {
    String text = Arrays.deepToString(new Object[] {array});
    return text.substring(1, text.length() - 1);
  }
}
