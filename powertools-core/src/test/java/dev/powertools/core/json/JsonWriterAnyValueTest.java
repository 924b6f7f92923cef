// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.POJONode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings({"JavaUtilDate", "ToStringReturnsNull"}) // odd values on purpose
class JsonWriterAnyValueTest {
  private final JsonWriter writer = new JsonWriter();

  private String json(@Nullable Object value) {
    writer.clear().value(value);
    StrictJson.parse(writer);
    return new String(writer.toByteArray(), UTF_8);
  }

  private String text(Object value) {
    writer.clear().value(value);
    return StrictJson.parse(writer).textValue();
  }

  private record Point(int x, @Nullable String name) {}

  private record Nothing() {}

  record Broken(int fine) {
    @Override
    public int fine() {
      throw new IllegalStateException("no");
    }
  }

  private enum Colour {
    RED {
      @Override
      public String toString() {
        return "not this";
      }
    }
  }

  private static final class Thrower {
    private final Throwable thrown;

    Thrower(Throwable thrown) {
      this.thrown = thrown;
    }

    @Override
    public String toString() {
      throw Thrower.<RuntimeException>sneaky(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
      throw (T) thrown;
    }
  }

  @Nested
  class Plain_values {
    @Test
    void have_their_json_counterpart() {
      assertThat(json(null)).isEqualTo("null");
      assertThat(json("a")).isEqualTo("\"a\"");
      assertThat(json(CharBuffer.wrap("sb"))).isEqualTo("\"sb\"");
      assertThat(json('c')).isEqualTo("\"c\"");
      assertThat(json(true)).isEqualTo("true");
      assertThat(json((byte) 1)).isEqualTo("1");
      assertThat(json((short) 2)).isEqualTo("2");
      assertThat(json(3L)).isEqualTo("3");
      assertThat(json(1.5f)).isEqualTo("1.5");
      assertThat(json(Double.NaN)).isEqualTo("\"NaN\"");
      assertThat(json(new BigDecimal("1E+3"))).isEqualTo("1E+3");
      assertThat(json(BigInteger.TEN.pow(30))).isEqualTo("1" + "0".repeat(30));
      assertThat(json(new AtomicInteger(4))).isEqualTo("4");
    }

    @Test
    void with_a_textual_form_are_text() {
      assertThat(json(Colour.RED)).isEqualTo("\"RED\"");
      assertThat(json(new UUID(0, 1))).isEqualTo("\"00000000-0000-0000-0000-000000000001\"");
      assertThat(json(Instant.EPOCH)).isEqualTo("\"1970-01-01T00:00:00Z\"");
      assertThat(json(LocalDate.of(2026, 1, 2))).isEqualTo("\"2026-01-02\"");
      assertThat(json(Duration.ofMinutes(3))).isEqualTo("\"PT3M\"");
      assertThat(json(DayOfWeek.MONDAY)).isEqualTo("\"MONDAY\"");
      assertThat(json(new Date(0))).isEqualTo("\"1970-01-01T00:00:00Z\"");
      assertThat(json(new java.sql.Date(0))).isEqualTo("\"1970-01-01T00:00:00Z\"");
      assertThat(json(Path.of("a", "b"))).isEqualTo("\"" + Path.of("a", "b") + "\"");
      assertThat(json(new IllegalStateException("x")))
          .isEqualTo("\"java.lang.IllegalStateException: x\"");
    }

    @Test
    void of_other_number_classes_are_numbers_only_if_their_text_is_one() {
      assertThat(json(number("-12.50e+3"))).isEqualTo("-12.50e+3");
      for (String text : List.of("", "-", "01", "1.", ".5", "1e", "1e+", "0x1", "1 ", "NaN")) {
        assertThat(json(number(text))).isEqualTo('"' + text + '"');
      }
    }

    private Number number(String text) {
      return new BigDecimal(1) {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
          return text;
        }
      };
    }

    @Test
    void without_text_are_null() {
      Object nameless =
          new Object() {
            @Override
            @SuppressWarnings("NullAway")
            public String toString() {
              return null;
            }
          };
      assertThat(json(nameless)).isEqualTo("null");
      assertThat(json(Map.of(nameless, 1))).isEqualTo("{\"null\":1}");
    }
  }

  @Nested
  class Structures {
    @Test
    void are_written_by_element() {
      assertThat(json(List.of(1, "a", List.of()))).isEqualTo("[1,\"a\",[]]");
      assertThat(json(Set.of(1))).isEqualTo("[1]");
      assertThat(json(new int[] {1, 2})).isEqualTo("[1,2]");
      assertThat(json(new double[] {1, Double.NaN})).isEqualTo("[1.0,\"NaN\"]");
      assertThat(json(new Object[][] {{1}, {null}})).isEqualTo("[[1],[null]]");
      assertThat(json(new char[] {'a', 'b'})).isEqualTo("\"ab\"");
      assertThat(json(new byte[] {1, 2, 3})).isEqualTo("\"AQID\"");
      assertThat(json(new boolean[] {true})).isEqualTo("[true]");
    }

    @Test
    void of_records_are_objects() {
      assertThat(json(new Point(1, null))).isEqualTo("{\"x\":1,\"name\":null}");
      assertThat(json(new Nothing())).isEqualTo("{}");
      assertThat(json(List.of(new Point(2, "b")))).isEqualTo("[{\"x\":2,\"name\":\"b\"}]");
    }

    @Test
    void that_are_optional_are_their_value_or_null() {
      assertThat(json(Optional.of(List.of(1)))).isEqualTo("[1]");
      assertThat(json(Optional.empty())).isEqualTo("null");
      assertThat(json(OptionalInt.of(1))).isEqualTo("1");
      assertThat(json(OptionalLong.of(2))).isEqualTo("2");
      assertThat(json(OptionalDouble.of(3))).isEqualTo("3.0");
      assertThat(json(OptionalDouble.empty())).isEqualTo("null");
    }

    @Test
    void of_maps_are_objects_with_text_keys() {
      Map<Object, @Nullable Object> map = new LinkedHashMap<>();
      map.put("a", 1);
      map.put(null, 2);
      map.put(Colour.RED, null);
      map.put(3, Map.of());
      assertThat(json(map)).isEqualTo("{\"a\":1,\"null\":2,\"RED\":null,\"3\":{}}");
    }

    @Test
    void of_jackson_keep_their_shape() {
      JsonNode tree = StrictJson.parse("{\"a\":[1,\"\u2028\"],\"b\":null}".getBytes(UTF_8));
      assertThat(json(List.of(tree))).isEqualTo("[{\"a\":[1,\"\\u2028\"],\"b\":null}]");
      assertThat(json(JsonNodeFactory.instance.textNode("t"))).isEqualTo("\"t\"");
      assertThat(json(JsonNodeFactory.instance.missingNode())).isEqualTo("\"\"");
      assertThat(json(new POJONode(new Thrower(new IllegalStateException())))).startsWith("\"");
    }
  }

  @Nested
  class Colliding_keys {
    @Test
    void of_one_text_get_a_suffix() {
      Map<Object, Object> map = new LinkedHashMap<>();
      map.put("1", "text");
      map.put(1, "int");
      map.put(1L, "long");
      map.put("1#2", "own");
      assertThat(json(map))
          .isEqualTo("{\"1\":\"text\",\"1#2\":\"int\",\"1#3\":\"long\",\"1#2#2\":\"own\"}");
    }

    @Test
    void of_odd_maps_are_told_apart_too() {
      IdentityHashMap<String, Integer> identity = new IdentityHashMap<>();
      identity.put(new String("a"), 1);
      identity.put(new String("a"), 1);
      assertThat(json(identity)).isEqualTo("{\"a\":1,\"a#2\":1}");
    }

    @Test
    void after_repair_of_their_surrogates_are_told_apart() {
      Map<String, Integer> map = new TreeMap<>(Map.of("\uD800", 1, "\uD801", 2, "\uFFFD", 3));
      assertThat(json(map)).isEqualTo("{\"\uFFFD\":1,\"\uFFFD#2\":2,\"\uFFFD#3\":3}");
      assertThat(json(new LinkedHashMap<>(map)))
          .isEqualTo("{\"\uFFFD\":1,\"\uFFFD#2\":2,\"\uFFFD#3\":3}");
    }

    @Test
    void after_cutting_are_told_apart() {
      JsonWriter limited = new JsonWriter(new JsonLimits(32, 10_000));
      Map<String, Integer> map = new LinkedHashMap<>();
      for (int i = 0; i < 20; i++) {
        map.put("k".repeat(40) + i, i);
      }
      limited.value(map);
      assertThat(StrictJson.parse(limited).size()).isEqualTo(20);
    }
  }

  @Nested
  class What_throws {
    @Test
    void in_to_string_is_named() {
      assertThat(text(new Thrower(new IllegalStateException("secret"))))
          .isEqualTo(
              "!toString() of "
                  + Thrower.class.getName()
                  + " threw java.lang.IllegalStateException");
      assertThat(text(new Thrower(new AssertionError())))
          .endsWith("threw java.lang.AssertionError");
      assertThat(text(new Thrower(new NoClassDefFoundError()))).contains("NoClassDefFoundError");
      assertThat(text(new Thrower(new StackOverflowError()))).contains("StackOverflowError");
      assertThat(text(new Thrower(new Exception()))).contains("java.lang.Exception");
    }

    @Test
    void out_of_the_virtual_machine_too() {
      assertThat(text(new Thrower(new OutOfMemoryError()))).contains("OutOfMemoryError");
      assertThat(text(new Thrower(new InternalError()))).contains("InternalError");
    }

    @Test
    void takes_only_its_own_place() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("a", 1);
      map.put("b", new Thrower(new IllegalStateException()));
      map.put("c", List.of(2));
      assertThat(json(map))
          .isEqualTo(
              "{\"a\":1,\"b\":\"!toString() of "
                  + Thrower.class.getName()
                  + " threw java.lang.IllegalStateException\",\"c\":[2]}");
    }

    @Test
    void in_an_accessor_is_named() {
      assertThat(json(new Broken(1)))
          .isEqualTo(
              "{\"fine\":\"!fine() of "
                  + Broken.class.getName()
                  + " threw java.lang.IllegalStateException\"}");
    }

    @Test
    void in_a_key_is_named() {
      assertThat(json(Map.of(new Thrower(new IllegalStateException()), 1)))
          .startsWith("{\"!toString() of ");
    }

    @Test
    void while_iterating_undoes_what_was_written() {
      Iterable<Object> elements =
          () ->
              new Iterator<>() {
                private int n;

                @Override
                public boolean hasNext() {
                  return true;
                }

                @Override
                public Object next() {
                  if (n++ == 3) {
                    throw new java.util.ConcurrentModificationException();
                  }
                  return new int[] {n};
                }
              };
      assertThat(json(Arrays.asList("a", elements, "b")))
          .startsWith("[\"a\",\"!iterating of ")
          .endsWith("threw java.util.ConcurrentModificationException\",\"b\"]");
    }

    @Test
    void in_a_map_is_named() {
      Map<String, String> map =
          new AbstractMap<>() {
            @Override
            public Set<Entry<String, String>> entrySet() {
              throw new UnsupportedOperationException();
            }
          };
      assertThat(text(map)).contains("UnsupportedOperationException");
    }

    @Test
    void leaves_the_writer_ready_for_more() {
      for (int i = 0; i < 100; i++) {
        String message = "failure " + i;
        Iterable<Object> failing =
            () -> {
              throw new IllegalStateException(message);
            };
        text(new Thrower(new IllegalStateException()));
        text(failing);
      }
      assertThat(json(deep(31))).doesNotContain("!");
    }

    @Test
    void when_the_stack_is_short_still_gives_json() {
      Object endless =
          new Object() {
            @Override
            public String toString() {
              return "x" + this;
            }
          };
      assertThat(text(List.of(1).size() == 1 ? endless : "")).contains("StackOverflowError");
      assertThat(json(List.of(endless, 2))).endsWith(",2]");
    }
  }

  @Nested
  class Size_and_depth {
    @Test
    void cycles_are_cut() {
      List<Object> list = new ArrayList<>();
      Map<String, Object> map = new HashMap<>(Map.of("list", list));
      list.add(map);
      list.add(list);
      assertThat(json(list))
          .isEqualTo(
              "[{\"list\":\"!cycle back to java.util.ArrayList\"},"
                  + "\"!cycle back to java.util.ArrayList\"]");
    }

    @Test
    void the_same_value_twice_is_no_cycle() {
      List<Integer> shared = List.of(1);
      assertThat(json(List.of(shared, shared))).isEqualTo("[[1],[1]]");
    }

    @Test
    void depth_is_limited_to_32() {
      assertThat(json(deep(32))).doesNotContain("!");
      assertThat(json(deep(33)))
          .contains("\"!java.util.ImmutableCollections$List12 nested deeper than 32 levels\"");
    }

    @Test
    void wide_and_endless_values_are_cut() {
      JsonWriter limited = new JsonWriter(new JsonLimits(100, 500));
      List<Object> wide = new ArrayList<>(Collections.nCopies(10_000, "abc"));
      limited.value(Map.of("list", wide));
      assertThat(limited.size()).isBetween(500, 600);
      assertThat(StrictJson.parse(limited).get("list")).last().hasToString("\"…[truncated]\"");

      limited.clear().value((Iterable<Object>) () -> Collections.nCopies(1, (Object) 1).iterator());
      Iterator<Object> endless =
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return true;
            }

            @Override
            public Object next() {
              return "";
            }
          };
      limited.clear().value((Iterable<Object>) () -> endless);
      assertThat(StrictJson.parse(limited).size()).isLessThan(300);
      limited.clear().value(new long[10_000]);
      assertThat(StrictJson.parse(limited).size()).isLessThan(300);
    }

    @Test
    void large_maps_are_cut_with_a_mark() {
      JsonWriter limited = new JsonWriter(new JsonLimits(100, 100));
      Map<String, Object> map = new LinkedHashMap<>(Map.of("…[truncated]", "mine"));
      for (int i = 0; i < 100; i++) {
        map.put("key" + i, i);
      }
      limited.value(map);
      JsonNode node = StrictJson.parse(limited);
      assertThat(node.get("…[truncated]").textValue()).isEqualTo("mine");
      assertThat(node.get("…[truncated]#2").booleanValue()).isTrue();
    }

    @Test
    void doubling_structures_do_not_explode() {
      JsonWriter limited = new JsonWriter(JsonLimits.forLogs());
      Object tree = "leaf";
      for (int i = 0; i < 31; i++) {
        tree = List.of(tree, tree);
      }
      limited.value(tree);
      StrictJson.parse(limited);
      assertThat(limited.size()).isLessThan(200_000);
    }

    @Test
    void numbers_of_many_digits_are_described() {
      JsonWriter limited = new JsonWriter(new JsonLimits(100, 1000));
      limited.value(List.of(BigInteger.ONE.shiftLeft(5_000), new BigDecimal("1E-1000000000")));
      assertThat(new String(limited.toByteArray(), UTF_8))
          .isEqualTo("[\"!number of 5001 bits\",1E-1000000000]");
    }
  }

  @Nested
  class Anything {
    @Test
    void at_all_gives_one_line_of_strict_json() {
      Seeds.forEach(
          3000,
          random -> {
            JsonLimits limits =
                random.nextBoolean()
                    ? JsonLimits.none()
                    : new JsonLimits(32 + random.nextInt(20), 1 + random.nextInt(400));
            JsonWriter any = new JsonWriter(limits);
            any.beginObject().name("first").value(anything(random, 6));
            any.name("second").value(anything(random, 6)).endObject();
            assertThat(any.toByteArray()).doesNotContain('\n', '\r');
            assertThat(StrictJson.parse(any).size()).isEqualTo(2);
          });
    }

    private @Nullable Object anything(Random random, int depth) {
      int kinds = depth == 0 ? 9 : 15;
      return switch (random.nextInt(kinds)) {
        case 0 -> null;
        case 1, 2 -> JsonWriterTest.anyText(random);
        case 3 -> random.nextLong();
        case 4 -> Double.longBitsToDouble(random.nextLong());
        case 5 -> new BigDecimal(new BigInteger(200, random), random.nextInt());
        case 6 -> new Thrower(new IllegalStateException());
        case 7 -> JsonWriterTest.anyText(random).toCharArray();
        case 8 -> new Broken(1);
        case 9, 10 -> map(random, depth);
        case 11 -> list(random, depth);
        case 12 -> list(random, depth).toArray();
        case 13 -> Optional.ofNullable(anything(random, depth - 1));
        default -> new Point(random.nextInt(), JsonWriterTest.anyText(random));
      };
    }

    private List<@Nullable Object> list(Random random, int depth) {
      List<@Nullable Object> list = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        list.add(random.nextInt(20) == 0 ? list : anything(random, depth - 1));
      }
      return list;
    }

    private Map<@Nullable Object, @Nullable Object> map(Random random, int depth) {
      Map<@Nullable Object, @Nullable Object> map =
          random.nextBoolean() ? new HashMap<>() : new IdentityHashMap<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        Object key =
            switch (random.nextInt(5)) {
              case 0 -> null;
              case 1 -> random.nextInt(3);
              case 2 -> "" + random.nextInt(3);
              case 3 -> String.valueOf((char) (0xD800 + random.nextInt(3)));
              default -> JsonWriterTest.anyText(random);
            };
        map.put(key, anything(random, depth - 1));
      }
      return map;
    }
  }

  private static Object deep(int levels) {
    Object value = 1;
    for (int i = 0; i < levels; i++) {
      value = List.of(value);
    }
    return value;
  }
}
