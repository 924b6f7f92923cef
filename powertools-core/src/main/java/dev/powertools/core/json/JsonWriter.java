// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import dev.powertools.core.redact.Redactor;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON value after another as UTF-8 into a buffer that it reuses.
 *
 * <p>Whatever values go in, strictly valid JSON comes out (RFC 8259), each value on one line:
 * control characters, U+2028 and U+2029 are escaped, lone surrogates become U+FFFD, NaN and the
 * infinities become strings. Values of any class may be given to {@link #value(Object)}; what they
 * throw is written in their place. Only misuse of the structure, such as a value without a name in
 * an object, is an {@link IllegalStateException}. Names given to {@link #name} are the caller's to
 * keep distinct.
 *
 * <p>The last byte written tells whether a comma or a name is due, so there is no other state to
 * keep, and going back to a {@linkplain #mark() mark} is a truncation.
 *
 * <p>Confined to one thread, and not reentrant: a {@code toString()} that logs while it is being
 * logged needs another writer.
 */
public final class JsonWriter {
  private final Utf8Buffer out = new Utf8Buffer();
  private final JsonLimits limits;
  private int[] openings = new int[16];
  private int depth;
  private @Nullable AnyValue any;
  private @Nullable Redactor redactor;

  /** A writer that writes everything whole. */
  public JsonWriter() {
    this(JsonLimits.none());
  }

  /** A writer that cuts what is over the limits. */
  public JsonWriter(JsonLimits limits) {
    this.limits = limits;
  }

  /**
   * Masks, from now on, by a redactor's rules what {@link #value(Object)} is given, text included.
   * Names and text that are written by the other methods are the caller's business.
   *
   * @param value the rules; null or inactive for none
   */
  public JsonWriter redactor(@Nullable Redactor value) {
    this.redactor = value != null && value.isActive() ? value : null;
    return this;
  }

  /** What masks, if anything does. */
  @Nullable Redactor redactor() {
    return redactor;
  }

  public JsonWriter beginObject() {
    return open('{');
  }

  public JsonWriter endObject() {
    return close('{', '}');
  }

  public JsonWriter beginArray() {
    return open('[');
  }

  public JsonWriter endArray() {
    return close('[', ']');
  }

  /** Begins a member of the object that is open; a value must follow. */
  public JsonWriter name(String name) {
    beforeName();
    quoted(name);
    out.ascii(':');
    return this;
  }

  /** As {@link #name(String)}, of the bytes of {@link #string}. */
  public JsonWriter name(byte[] written) {
    beforeName();
    out.append(written, 0, written.length);
    out.ascii(':');
    return this;
  }

  private void beforeName() {
    if (depth == 0 || opening() != '{' || last() == ':') {
      throw new IllegalStateException("a name belongs into an object, before each of its values");
    }
    if (last() != '{') {
      out.ascii(',');
    }
  }

  public JsonWriter value(@Nullable String value) {
    beforeValue();
    if (value == null) {
      out.ascii("null");
    } else {
      quoted(value);
    }
    return this;
  }

  /** A text, of which no string need be made. */
  public JsonWriter value(StringBuilder value) {
    beforeValue();
    quoted(value);
    return this;
  }

  /** A text that is given in pieces. Nothing else is written until its end. */
  public JsonText text() {
    beforeValue();
    return new JsonText(out, limits.maxStringChars());
  }

  public JsonWriter value(char value) {
    return value(String.valueOf(value));
  }

  public JsonWriter value(long value) {
    beforeValue();
    out.decimal(value);
    return this;
  }

  /** A JSON number, or one of the strings {@code NaN}, {@code Infinity}, {@code -Infinity}. */
  public JsonWriter value(double value) {
    return number(Double.toString(value), Double.isFinite(value));
  }

  /** A JSON number, or one of the strings {@code NaN}, {@code Infinity}, {@code -Infinity}. */
  public JsonWriter value(float value) {
    return number(Float.toString(value), Float.isFinite(value));
  }

  public JsonWriter value(boolean value) {
    beforeValue();
    out.ascii(value ? "true" : "false");
    return this;
  }

  public JsonWriter value(@Nullable BigDecimal value) {
    return value((Object) value);
  }

  public JsonWriter value(@Nullable BigInteger value) {
    return value((Object) value);
  }

  public JsonWriter nullValue() {
    return value((String) null);
  }

  /**
   * Any value: null, text, numbers, booleans, enums (by name), {@code java.time} and dates
   * (ISO-8601 text), optionals, maps, iterables, arrays ({@code byte[]} as Base64, {@code char[]}
   * as text), Jackson trees and records by structure; objects of the user's classes that have
   * getters too, where databind is on the class path, which is loaded then, unless they are
   * comparable, closeable or throwable; anything else by its {@code toString()}.
   *
   * <p>A key that is written like an earlier key of its map gets a suffix: {@code a}, {@code a#2}.
   * What throws, be it an error, a cycle, and what is nested deeper than 32 levels becomes a string
   * that begins with {@code !} and says so.
   */
  public JsonWriter value(@Nullable Object value) {
    if (value instanceof String text) {
      return value(redactor == null ? text : redactor.text(text));
    }
    if (redactor == null && (value instanceof Integer || value instanceof Long)) {
      return value(((Number) value).longValue());
    }
    anyValue().write(null, value);
    return this;
  }

  /**
   * The value of the member whose name was just written, which redaction goes by: it is masked
   * where the redactor hides the name, and pointers start at the object that is open.
   *
   * @param name the name by which it is known, which need not be the one that was written
   */
  public JsonWriter valueOf(String name, @Nullable Object value) {
    Redactor masking = redactor;
    if (masking == null) {
      return value(value);
    }
    if (value instanceof String text && masking.pointers().isEmpty()) {
      return value(masking.hidesName(name) ? Redactor.MASK : masking.text(text));
    }
    anyValue().write(name, value);
    return this;
  }

  private AnyValue anyValue() {
    AnyValue writer = any;
    if (writer == null) {
      writer = new AnyValue(this, limits);
      any = writer;
    }
    return writer;
  }

  /**
   * A value that is JSON already and is trusted to be valid; put on one line. Empty text becomes
   * {@code null}.
   */
  public JsonWriter rawJson(String json) {
    beforeValue();
    out.raw(json.isEmpty() ? "null" : json);
    return this;
  }

  /** As {@link #rawJson(String)}, of UTF-8 bytes. */
  public JsonWriter rawJson(byte[] json) {
    if (json.length == 0) {
      return nullValue();
    }
    beforeValue();
    out.raw(json);
    return this;
  }

  /** A value as another writer wrote it, or {@link #string}: taken as it is. */
  public JsonWriter written(byte[] json) {
    beforeValue();
    out.append(json, 0, json.length);
    return this;
  }

  /** A text as it is written, whole and with its quotes, for what is written again and again. */
  public static byte[] string(String text) {
    return new JsonWriter().value(text).toByteArray();
  }

  /**
   * Members of the object that is open, as another writer wrote them between its braces: for what
   * many objects have in common.
   */
  public JsonWriter rawMembers(byte[] members) {
    if (depth == 0 || opening() != '{' || last() == ':') {
      throw new IllegalStateException("members belong into an object, before or after others");
    }
    if (members.length > 0 && last() != '{') {
      out.ascii(',');
    }
    out.append(members, 0, members.length);
    return this;
  }

  /** Ends a line of JSON lines; another value may follow. */
  public JsonWriter endLine() {
    if (depth > 0) {
      throw new IllegalStateException(depth + " objects or arrays are still open");
    }
    out.ascii('\n');
    return this;
  }

  /**
   * Where we are, to come back to by {@link #reset} while the object or array we are in is open.
   */
  public int mark() {
    return out.size();
  }

  /** Undoes everything written since the mark, also objects and arrays opened since. */
  public JsonWriter reset(int mark) {
    if (mark < 0 || mark > out.size()) {
      throw new IllegalArgumentException("no mark of this value: " + mark);
    }
    while (depth > 0 && openings[depth - 1] >= mark) {
      depth--;
    }
    out.truncate(mark);
    return this;
  }

  /** Bytes written so far. */
  public int size() {
    return out.size();
  }

  /** The bytes themselves, {@link #size()} of them valid, and only until the next call. */
  public byte[] buffer() {
    return out.bytes();
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(out.bytes(), out.size());
  }

  public void writeTo(OutputStream target) throws IOException {
    target.write(out.bytes(), 0, out.size());
  }

  /** Forgets what was written; keeps the buffer unless it grew over 64 KB. */
  public JsonWriter clear() {
    out.clear();
    depth = 0;
    return this;
  }

  /** How many objects and arrays are open. */
  int depth() {
    return depth;
  }

  /** A number whose text is known to be valid if {@code valid}, else the same as a string. */
  JsonWriter number(String text, boolean valid) {
    if (!valid) {
      return value(text);
    }
    beforeValue();
    out.ascii(text);
    return this;
  }

  private JsonWriter open(char bracket) {
    beforeValue();
    if (depth == openings.length) {
      openings = Arrays.copyOf(openings, 2 * depth);
    }
    openings[depth++] = out.size();
    out.ascii(bracket);
    return this;
  }

  private JsonWriter close(char opening, char closing) {
    if (depth == 0 || opening() != opening || last() == ':') {
      throw new IllegalStateException("no '" + opening + "' to be closed here");
    }
    depth--;
    out.ascii(closing);
    return this;
  }

  private void beforeValue() {
    if (depth == 0) {
      if (out.size() > 0 && last() != '\n') {
        throw new IllegalStateException("the value is complete; clear() or endLine() first");
      }
    } else if (opening() == '{') {
      if (last() != ':') {
        throw new IllegalStateException("a value in an object needs a name(…) first");
      }
    } else if (last() != '[') {
      out.ascii(',');
    }
  }

  private byte opening() {
    return out.at(openings[depth - 1]);
  }

  private byte last() {
    return out.at(out.size() - 1);
  }

  private void quoted(CharSequence text) {
    out.ascii('"');
    int length = text.length();
    if (length <= limits.maxStringChars()) {
      out.escaped(text, length);
    } else {
      int kept = keptChars(text, limits.maxStringChars());
      out.escaped(text, kept);
      String mark = truncationMark(length - kept);
      out.escaped(mark, mark.length());
    }
    out.ascii('"');
  }

  /** How many characters to keep so that no surrogate pair is cut. */
  static int keptChars(CharSequence text, int max) {
    return Utf8Buffer.pairBegins(text, max - 1, text.length()) ? max - 1 : max;
  }

  static String truncationMark(int dropped) {
    return "…[truncated " + dropped + " chars]";
  }
}
