// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonTree.Duplicates;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.core.json.PayloadCodec;
import dev.powertools.core.json.TypedCodec;
import dev.powertools.core.json.UndecodablePayloadException;
import dev.powertools.core.json.UnencodablePayloadException;
import dev.powertools.core.json.UnsupportedPayloadTypeException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What a {@link PayloadCodec} must do: extend it to test your own.
 *
 * <pre>{@code
 * class MyCodecTest extends PayloadCodecContract {
 *   @Override
 *   protected PayloadCodec codec() {
 *     return new MyCodec();
 *   }
 * }
 * }</pre>
 *
 * <p>It must lose nothing, refuse what is not of the type rather than guess, tell nothing of what
 * it refused, and be usable by all threads at once. Override {@link #samples} if it reads only
 * types of your own; checks that need {@link Order} are then aborted if the codec says that it does
 * not support it.
 */
public abstract class PayloadCodecContract {

  private static final int THREADS = 16;
  private static final int ROUNDS = 50;

  /** For subclasses. */
  protected PayloadCodecContract() {}

  /** A payload as users have them. */
  public record Order(String id, int amount, List<String> tags, Optional<String> note) {}

  /** A payload whose accessor fails. */
  public record Failing(String text) {
    @Override
    public String text() {
      throw new IllegalStateException("by intent");
    }
  }

  /** A type that no codec can make values of. */
  public interface Unreadable {}

  /**
   * A type and a value of it, comparable by {@code equals} or an array.
   *
   * @param type the type asked for
   * @param value a value that is to survive
   */
  public record Sample(Type type, Object value) {}

  /** The codec under test; asked once for each check. */
  protected abstract PayloadCodec codec();

  /** Values that must survive being written and read; at least one. */
  protected List<Sample> samples() {
    return List.of(
        new Sample(
            Order.class,
            new Order("ä\"\u2028\uD83D\uDE00", -7, List.of("a", ""), Optional.of("n"))),
        new Sample(Order.class, new Order("", Integer.MAX_VALUE, List.of(), Optional.empty())),
        new Sample(String.class, "text"),
        new Sample(long.class, Long.MIN_VALUE),
        new Sample(byte[].class, new byte[] {0, -1}));
  }

  @Test
  void a_value_survives() {
    for (Sample sample : samples()) {
      TypedCodec<Object> codec = typed(sample.type());
      Check.equal(codec.read(codec.write(sample.value())), sample.value(), "Nothing may be lost.");
    }
  }

  @Test
  void what_is_written_is_one_strict_json_value() {
    for (Sample sample : samples()) {
      byte[] json = typed(sample.type()).write(sample.value());
      try {
        JsonTree.read(json, Duplicates.REFUSE);
      } catch (InvalidJsonException e) {
        throw new AssertionError("What is written must be JSON: " + e.getMessage(), e);
      }
    }
  }

  @Test
  void a_value_is_written_in_its_place() {
    for (Sample sample : samples()) {
      TypedCodec<Object> codec = typed(sample.type());
      JsonWriter out = new JsonWriter();
      out.beginArray().value(1);
      codec.write(sample.value(), out);
      out.value(2).endArray();
      String alone = new String(codec.write(sample.value()), UTF_8);
      Check.equal(
          new String(out.toByteArray(), UTF_8),
          "[1," + alone + ",2]",
          "A codec writes one value where the writer is, and leaves the rest alone.");
    }
  }

  @Test
  void only_the_part_of_the_array_that_it_is_given_is_read() {
    for (Sample sample : samples()) {
      TypedCodec<Object> codec = typed(sample.type());
      byte[] json = codec.write(sample.value());
      byte[] padded = new byte[json.length + 6];
      Arrays.fill(padded, (byte) '!');
      System.arraycopy(json, 0, padded, 3, json.length);
      byte[] before = padded.clone();

      Object value = codec.read(padded, 3, json.length);
      Check.equal(padded, before, "The array is the caller's, and must not be changed.");
      Arrays.fill(padded, (byte) '?');
      Check.equal(value, sample.value(), "What is read must not depend on the array any more.");
    }
  }

  @Test
  void text_that_is_no_json_is_refused() {
    for (Sample sample : samples()) {
      String json = new String(typed(sample.type()).write(sample.value()), UTF_8);
      refuses(sample.type(), "", " ", "!", json + json, json + " x", json + "]");
      refuses(sample.type(), "[".repeat(100_000));
      if (json.length() > 1 && "{[\"".indexOf(json.charAt(0)) >= 0) {
        refuses(sample.type(), json.substring(0, json.length() - 1));
      }
    }
  }

  @Test
  void what_is_not_of_the_type_is_refused_and_never_guessed() {
    requireOrder();
    refuses(Order.class, "[]", "1", "\"\"", "true");
    for (String amount : List.of("\"1\"", "1.5", "null", "true", "[1]", "2147483648")) {
      refuses(Order.class, "{\"id\":\"a\",\"amount\":" + amount + ",\"tags\":[]}");
    }
    refuses(Order.class, "{\"id\":\"a\",\"tags\":[]}");
    refuses(Order.class, "{\"id\":1,\"amount\":1,\"tags\":[]}");
    refuses(Order.class, "{\"id\":\"a\",\"amount\":1,\"tags\":[1]}");
    refuses(Order.class, "{\"id\":\"a\",\"amount\":1,\"amount\":2,\"tags\":[]}");
  }

  @Test
  void properties_that_the_type_does_not_know_are_ignored() {
    requireOrder();
    Object read = read(Order.class, "{\"x\":{\"y\":[1]},\"amount\":1,\"tags\":[],\"id\":\"a\"}");
    Check.equal(
        read,
        new Order("a", 1, List.of(), Optional.empty()),
        "Senders add properties, in any order, and leave optional ones out.");
  }

  @Test
  void a_refusal_tells_nothing_of_the_payload() {
    requireOrder();
    String secret = "s3cr3t-s3cr3t";
    for (String json :
        List.of(
            "{\"id\":\"a\",\"amount\":\"" + secret + "\",\"tags\":[]}",
            "{\"id\":\"" + secret,
            "[\"" + secret + "\"]")) {
      try {
        read(Order.class, json);
      } catch (UndecodablePayloadException e) {
        Check.that(
            !String.valueOf(e.getMessage()).contains("s3cr3t"),
            "Messages reach logs and dead letters: they must not quote the payload.");
        continue;
      }
      throw new AssertionError("must be refused: " + json);
    }
  }

  @Test
  void null_is_null_or_refused() {
    for (Sample sample : samples()) {
      Object read;
      try {
        read = read(sample.type(), "null");
      } catch (UndecodablePayloadException e) {
        continue; // primitives have no null
      }
      Check.that(
          read == null || Optional.empty().equals(read), "null must not become a value: " + read);
    }
  }

  @Test
  void a_value_that_cannot_be_written_leaves_the_writer_as_it_was() {
    TypedCodec<Object> codec;
    try {
      codec = typed(Failing.class);
    } catch (UnsupportedPayloadTypeException e) {
      return;
    }
    JsonWriter out = new JsonWriter();
    out.beginArray().value(1);
    try {
      codec.write(new Failing("x"), out);
    } catch (UnencodablePayloadException e) {
      Check.equal(
          new String(out.value(2).endArray().toByteArray(), UTF_8),
          "[1,2]",
          "Half a value must not stay behind.");
      return;
    }
    throw new AssertionError(
        "A value whose accessor throws must be refused as UnencodablePayloadException.");
  }

  @Test
  void a_type_that_cannot_be_read_is_refused_as_such() {
    try {
      typed(Unreadable.class).read("{}".getBytes(UTF_8));
    } catch (UnsupportedPayloadTypeException e) {
      return;
    }
    throw new AssertionError(
        "No payload is to blame for a type that can't be read: throw"
            + " UnsupportedPayloadTypeException, at best by forType.");
  }

  @Test
  void a_codec_knows_its_type() {
    for (Sample sample : samples()) {
      Check.equal(typed(sample.type()).type(), sample.type(), "type() is what was asked for.");
    }
  }

  @Test
  void all_threads_may_use_it_at_once() {
    PayloadCodec shared = codec();
    List<Callable<?>> tasks = new ArrayList<>();
    for (Sample sample : samples()) {
      @SuppressWarnings("unchecked") // the codec of the sample's type
      TypedCodec<Object> codec = (TypedCodec<Object>) shared.forType(sample.type());
      byte[] json = codec.write(sample.value());
      for (int i = 0; i < THREADS; i++) {
        tasks.add(() -> again(codec, sample, json));
      }
    }
    Check.atOnce(tasks);
  }

  private static @Nullable Object again(TypedCodec<Object> codec, Sample sample, byte[] json) {
    for (int i = 0; i < ROUNDS; i++) {
      Check.equal(codec.write(sample.value()), json, "Threads must not disturb each other.");
      Check.equal(codec.read(json), sample.value(), "Threads must not disturb each other.");
    }
    return null;
  }

  private void requireOrder() {
    try {
      typed(Order.class);
    } catch (UnsupportedPayloadTypeException e) {
      Assumptions.abort("The codec does not support " + Order.class.getName());
    }
  }

  private void refuses(Type type, String... documents) {
    for (String json : documents) {
      String shown = json.length() < 100 ? json : json.substring(0, 100) + "…";
      Object value;
      try {
        value = read(type, json);
      } catch (UndecodablePayloadException e) {
        continue;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(
            "Refuse by UndecodablePayloadException, or the record is taken for a failure that may"
                + " pass. "
                + shown
                + " was answered by "
                + e,
            e);
      }
      throw new AssertionError(
          shown + " is no " + type.getTypeName() + " and must be refused. Got " + value + ".");
    }
  }

  private @Nullable Object read(Type type, String json) {
    return typed(type).read(json.getBytes(UTF_8));
  }

  @SuppressWarnings("unchecked") // the codec of a type takes the type's values
  private TypedCodec<Object> typed(Type type) {
    return (TypedCodec<Object>) codec().forType(type);
  }
}
