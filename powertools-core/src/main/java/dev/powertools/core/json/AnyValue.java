// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.TreeNode;
import dev.powertools.core.redact.Redactor;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of any class by structure or by text, and survives what their methods do.
 *
 * <p>Every value begins at a mark of the writer. Whatever is thrown below is caught at the
 * innermost value that it belongs to; the writer goes back to that mark and a string that names the
 * class and the exception takes the value's place. Nothing else in here needs to be careful.
 */
final class AnyValue {
  private static final int MAX_DEPTH = 32;
  private static final String TRUNCATED = "…[truncated]";

  private final JsonWriter out;
  private final JsonLimits limits;
  private final @Nullable Object[] path = new @Nullable Object[MAX_DEPTH];
  private int depth;
  private long lastByte;
  private @Nullable MaskedMembers masked;

  AnyValue(JsonWriter out, JsonLimits limits) {
    this.out = out;
    this.limits = limits;
  }

  /**
   * Writes a value.
   *
   * @param member the name of the member whose value it is, if redaction is to know it
   */
  void write(@Nullable String member, @Nullable Object value) {
    lastByte = (long) out.size() + limits.maxValueBytes();
    MaskedMembers mask = mask(out.redactor());
    masked = mask;
    if (mask != null) {
      mask.begin(member);
      if (value != null && mask.hidesWhole()) {
        out.value(Redactor.MASK);
        return;
      }
    }
    guarded(value);
  }

  private @Nullable MaskedMembers mask(@Nullable Redactor redactor) {
    MaskedMembers last = masked;
    if (redactor == null || (last != null && last.redactor() == redactor)) {
      return redactor == null ? null : last;
    }
    return new MaskedMembers(redactor, MAX_DEPTH);
  }

  private void guarded(@Nullable Object value) {
    if (value == null) {
      out.nullValue();
      return;
    }
    int mark = out.mark();
    int level = depth;
    try {
      scalar(value);
    } catch (Throwable thrown) {
      leaveTo(level);
      out.reset(mark).value(ThrownText.of(value, thrown));
    }
  }

  private void scalar(Object value) {
    if (value instanceof String text) {
      shown(text);
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Boolean bool) {
      out.value(bool.booleanValue());
    } else if (value instanceof Enum<?> constant) {
      out.value(constant.name());
    } else if (value instanceof Date date) {
      out.value(iso(date));
    } else if (value instanceof byte[] bytes) {
      out.value(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof char[] chars) {
      shown(new String(chars));
    } else if (isStructure(value)) {
      structure(value);
    } else if (masked != null && isSensitive(value)) {
      out.value(Redactor.MASK);
    } else {
      shown(value.toString());
    }
  }

  private void shown(@Nullable String text) {
    out.value(masked == null || text == null ? text : masked.redactor().text(text));
  }

  private boolean isSensitive(Object value) {
    return masked != null && masked.redactor().hidesTextOf(value);
  }

  /** Writes the value of a member of the structure that we are in, or its mask. */
  private void member(String name, boolean sensitive, @Nullable Object value) {
    if (value != null && masked != null && (sensitive || masked.hides(name, depth - 1))) {
      out.value(Redactor.MASK);
    } else {
      guarded(value);
    }
  }

  private void element(int index, @Nullable Object value) {
    if (masked != null && masked.hidesElement(index, depth - 1)) {
      out.value(Redactor.MASK);
    } else {
      guarded(value);
    }
  }

  @SuppressWarnings("JavaUtilDate") // users still have them
  private static String iso(Date date) {
    return Instant.ofEpochMilli(date.getTime()).toString();
  }

  private static boolean isStructure(Object value) {
    return value instanceof Map
        || (value instanceof Iterable && !(value instanceof Path)) // a path's elements are paths
        || value instanceof Record
        || value instanceof Optional
        || value instanceof OptionalInt
        || value instanceof OptionalLong
        || value instanceof OptionalDouble
        || value.getClass().isArray()
        || Beans.isBean(value.getClass());
  }

  private void structure(Object value) {
    if (isCycle(value)) {
      out.value("!cycle back to " + value.getClass().getName());
    } else if (depth == MAX_DEPTH) {
      out.value("!" + value.getClass().getName() + " nested deeper than " + MAX_DEPTH + " levels");
    } else {
      path[depth++] = value;
      inside(value);
      leaveTo(depth - 1);
    }
  }

  private boolean isCycle(Object value) {
    for (int i = 0; i < depth; i++) {
      if (path[i] == value) {
        return true;
      }
    }
    return false;
  }

  private void leaveTo(int level) {
    Arrays.fill(path, level, depth, null);
    depth = level;
  }

  private void inside(Object value) {
    if (value instanceof Map<?, ?> map) {
      map(map);
    } else if (value instanceof Record record) {
      record(record);
    } else if (value instanceof Iterable<?> elements) {
      elements(elements);
    } else if (value instanceof Optional<?> optional) {
      guarded(optional.orElse(null));
    } else if (value instanceof OptionalInt optional) {
      guarded(optional.isPresent() ? optional.getAsInt() : null);
    } else if (value instanceof OptionalLong optional) {
      guarded(optional.isPresent() ? optional.getAsLong() : null);
    } else if (value instanceof OptionalDouble optional) {
      guarded(optional.isPresent() ? optional.getAsDouble() : null);
    } else if (value.getClass().isArray()) {
      array(value);
    } else {
      bean(value);
    }
  }

  private void map(Map<?, ?> map) {
    Set<String> names = keysDiffer(map) ? null : new HashSet<>();
    out.beginObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (out.size() > lastByte) {
        out.name(distinct(TRUNCATED, names == null ? new HashSet<>() : names)).value(true);
        break;
      }
      String name = KeyText.of(entry.getKey());
      out.name(names == null ? name : distinct(name, names));
      member(name, false, entry.getValue());
    }
    out.endObject();
  }

  /** Whether the keys are certain to be written differently, so that nobody need compare them. */
  private boolean keysDiffer(Map<?, ?> map) {
    if (map.getClass() != HashMap.class && map.getClass() != LinkedHashMap.class) {
      return false;
    }
    for (Object key : map.keySet()) {
      if (!(key instanceof String text)
          || text.length() > limits.maxStringChars()
          || text.startsWith(TRUNCATED)
          || KeyText.hasSurrogates(text)) {
        return false;
      }
    }
    return true;
  }

  /** The key as the writer will write it, with a suffix if an earlier one looks the same. */
  private String distinct(String key, Set<String> names) {
    String written = KeyText.asWritten(key, limits.maxStringChars());
    String name = written;
    for (int n = 2; !names.add(name); n++) {
      String suffix = "#" + n;
      int room = Math.max(0, limits.maxStringChars() - suffix.length());
      name = written.substring(0, Math.min(written.length(), room)) + suffix;
    }
    return name;
  }

  private void record(Record record) {
    RecordShape shape = RecordShape.of(record.getClass());
    if (!shape.isReadable()) {
      unreadable(record);
      return;
    }
    out.beginObject();
    for (int i = 0; i < shape.size(); i++) {
      out.name(shape.name(i));
      component(record, shape, i);
    }
    out.endObject();
  }

  private void unreadable(Record record) {
    if (isSensitive(record)) {
      out.value(Redactor.MASK);
    } else {
      shown(record.toString());
    }
  }

  private void component(Record record, RecordShape shape, int i) {
    Object value;
    try {
      value = shape.read(record, i);
    } catch (Throwable thrown) {
      out.value(ThrownText.of(shape.name(i) + "()", record, thrown));
      return;
    }
    boolean sensitive =
        masked != null && masked.redactor().hidesSensitive() && shape.isSensitive(i);
    member(shape.name(i), sensitive, value);
  }

  private void bean(Object bean) {
    BeanMembers members = BeanMembers.of(bean.getClass());
    if (!members.areKnown()) {
      if (isSensitive(bean)) {
        out.value(Redactor.MASK);
      } else {
        guarded(members.tree(bean));
      }
      return;
    }
    out.beginObject();
    for (int i = 0; i < members.size(); i++) {
      if (out.size() > lastByte) {
        out.name(TRUNCATED).value(true);
        break;
      }
      property(bean, members, i);
    }
    out.endObject();
  }

  private void property(Object bean, BeanMembers members, int i) {
    String name = members.name(i);
    Object value;
    try {
      value = members.read(bean, i);
    } catch (Throwable thrown) {
      out.name(name).value(ThrownText.of(members.accessor(i), bean, thrown));
      return;
    }
    if (value != null || !members.leavesOutNull(i)) {
      boolean hides = masked != null && masked.redactor().hidesSensitive();
      out.name(name);
      member(name, hides && members.isSensitive(i), value);
    }
  }

  private void elements(Iterable<?> elements) {
    if (elements instanceof TreeNode tree) {
      tree(tree);
      return;
    }
    out.beginArray();
    int index = 0;
    for (Object element : elements) {
      if (out.size() > lastByte) {
        out.value(TRUNCATED);
        break;
      }
      element(index++, element);
    }
    out.endArray();
  }

  /** Jackson's nodes are iterable, and their text is JSON; but nobody vouches for all of them. */
  private void tree(TreeNode tree) {
    String json = tree.toString();
    if (masked != null) {
      json = masked.redactor().text(json);
    }
    if (json.length() <= limits.maxValueBytes() && JsonSyntax.isValid(json)) {
      out.rawJson(json);
    } else {
      out.value(json);
    }
  }

  private void array(Object array) {
    int length = Array.getLength(array);
    out.beginArray();
    for (int i = 0; i < length; i++) {
      if (out.size() > lastByte) {
        out.value(TRUNCATED);
        break;
      }
      element(i, Array.get(array, i));
    }
    out.endArray();
  }

  private void number(Number number) {
    if (number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte) {
      out.value(number.longValue());
    } else if (number instanceof Double) {
      out.value(number.doubleValue());
    } else if (number instanceof Float) {
      out.value(number.floatValue());
    } else if (bits(number) / 4 > limits.maxStringChars()) {
      out.value("!number of " + bits(number) + " bits");
    } else {
      String text = number.toString();
      out.number(text, text.length() <= limits.maxStringChars() && JsonSyntax.isNumber(text));
    }
  }

  private static int bits(Number number) {
    if (number instanceof BigInteger integer) {
      return integer.bitLength();
    }
    return number instanceof BigDecimal decimal ? decimal.unscaledValue().bitLength() : 0;
  }
}
