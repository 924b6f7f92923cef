// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The light codec and databind give the same value, or both refuse. */
class PayloadCodecContractTest {
  private static final Object REFUSED = "(refused)";

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "leaf";
      }
    }
  }

  record Line(@Nullable String sku, int qty) {}

  record Order(String id, @Nullable Line line, Optional<Colour> colour) {}

  record Page<T>(List<T> items, @Nullable Page<T> next) {}

  record Positive(int n) {
    Positive {
      if (n < 1) {
        throw new IllegalArgumentException("must be positive");
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Everything(
      @Nullable String text,
      boolean flag,
      @Nullable Boolean boxedFlag,
      byte tiny,
      short small,
      int number,
      long big,
      float single,
      double real,
      char letter,
      @Nullable Byte boxedTiny,
      @Nullable Short boxedSmall,
      @Nullable Integer boxedNumber,
      @Nullable Long boxedBig,
      @Nullable Float boxedSingle,
      @Nullable Double boxedReal,
      @Nullable Character boxedLetter,
      @Nullable BigDecimal decimal,
      @Nullable BigInteger integer,
      @Nullable Colour colour,
      @Nullable UUID uuid,
      @Nullable Instant instant,
      @Nullable LocalDate date,
      @Nullable LocalDateTime dateTime,
      @Nullable LocalTime time,
      @Nullable OffsetDateTime offsetDateTime,
      @Nullable OffsetTime offsetTime,
      @Nullable ZonedDateTime zonedDateTime,
      @Nullable Duration duration,
      @Nullable Period period,
      Optional<Line> optional,
      @Nullable List<@Nullable Order> orders,
      @Nullable Set<String> set,
      @Nullable Map<String, Integer> byText,
      @Nullable Map<Colour, List<Long>> byColour,
      @Nullable Map<Integer, String> byNumber,
      @Nullable Map<UUID, Optional<String>> byUuid,
      byte @Nullable [] bytes,
      int @Nullable [] ints,
      double @Nullable [] doubles,
      Line @Nullable [] lines,
      @Nullable Page<Line> page,
      @Nullable Object any) {}

  record Case(Type type, String json, @Nullable Object expected) {
    @Override
    public String toString() {
      return type.getTypeName().replaceAll("[\\w.]+\\.", "") + " from " + json;
    }
  }

  private static TypedCodec<?> light(Type type) {
    TypedCodec<?> codec = PayloadCodec.standard().forType(type);
    assertThat(codec).isInstanceOf(LightCodec.class);
    return codec;
  }

  private static @Nullable Object read(TypedCodec<?> codec, String json) {
    byte[] bytes = json.getBytes(UTF_8);
    byte[] padded = new byte[bytes.length + 4];
    Arrays.fill(padded, (byte) '!');
    System.arraycopy(bytes, 0, padded, 2, bytes.length);
    try {
      return codec.read(padded, 2, bytes.length);
    } catch (UndecodablePayloadException e) {
      return REFUSED;
    }
  }

  @SuppressWarnings("unchecked")
  private static String written(TypedCodec<?> codec, @Nullable Object value) {
    if (value == REFUSED) {
      return "(refused)";
    }
    return new String(((TypedCodec<Object>) codec).write(value), UTF_8);
  }

  private static void accept(List<Case> cases, Type type, String json, @Nullable Object expected) {
    cases.add(new Case(type, json, expected));
  }

  private static void refuse(List<Case> cases, Type type, String... all) {
    for (String json : all) {
      cases.add(new Case(type, json, REFUSED));
    }
  }

  static List<Case> table() {
    List<Case> cases = new ArrayList<>();
    text(cases);
    numbers(cases);
    otherScalars(cases);
    times(cases);
    structures(cases);
    records(cases);
    naturals(cases);
    return cases;
  }

  private static void text(List<Case> cases) {
    accept(cases, String.class, "\"a\"", "a");
    accept(cases, String.class, " \"\" ", "");
    accept(cases, String.class, "null", null);
    refuse(cases, String.class, "1", "1.5", "true", "{}", "[]", "", " ", "\"a\" 1", "[\"a\"]");
    accept(cases, char.class, "\"x\"", 'x');
    accept(cases, Character.class, "null", null);
    refuse(cases, char.class, "\"\"", "\"xy\"", "65", "null");
    refuse(cases, Character.class, "\"\"", "\"xy\"", "65");
    accept(cases, Colour.class, "\"GREEN\"", Colour.GREEN);
    refuse(cases, Colour.class, "\"leaf\"", "\"red\"", "0", "\"0\"", "\"\"", "\" RED\"");
    String uuid = "00000000-0000-000a-0000-00000000000b";
    accept(cases, UUID.class, '"' + uuid + '"', UUID.fromString(uuid));
    accept(cases, UUID.class, "\"00000000-0000-000A-0000-00000000000B\"", UUID.fromString(uuid));
    refuse(cases, UUID.class, "\"0-0-0-a-b\"", "\"\"", "1", "\"AAAAAAAAAAoAAAAAAAAACw==\"");
  }

  private static void numbers(List<Case> cases) {
    accept(cases, int.class, "-7", -7);
    accept(cases, int.class, "2147483647", Integer.MAX_VALUE);
    refuse(cases, int.class, "2147483648", "1.0", "1e0", "\"1\"", "\"\"", "null", "true", "[1]");
    refuse(cases, Integer.class, "2147483648", "1.0", "\"1\"", "\"\"", "true");
    accept(cases, Integer.class, "null", null);
    accept(cases, long.class, "9223372036854775807", Long.MAX_VALUE);
    refuse(cases, long.class, "9223372036854775808", "\"abc\"", "1.5", "1e99999999999");
    accept(cases, byte.class, "-128", (byte) -128);
    refuse(cases, byte.class, "128", "200", "-129", "\"1\"");
    refuse(cases, Byte.class, "200");
    accept(cases, short.class, "32767", (short) 32767);
    refuse(cases, short.class, "32768", "\"1\"");
    accept(cases, double.class, "1", 1.0);
    accept(cases, double.class, "1.5e300", 1.5e300);
    accept(cases, double.class, "\"NaN\"", Double.NaN);
    accept(cases, Double.class, "\"-Infinity\"", Double.NEGATIVE_INFINITY);
    refuse(cases, double.class, "1e999", "\"1.5\"", "\"INF\"", "\"\"", "NaN", "null", "false");
    accept(cases, float.class, "0.1", 0.1f);
    refuse(cases, float.class, "1e39", "\"x\"");
    accept(cases, BigDecimal.class, "1.10", new BigDecimal("1.10"));
    accept(cases, BigDecimal.class, "12345678901234567890", new BigDecimal("12345678901234567890"));
    accept(cases, BigDecimal.class, "1e999999999", new BigDecimal("1e999999999"));
    refuse(cases, BigDecimal.class, "\"1\"", "\"\"", "true", "1e99999999999", "[1]");
    accept(cases, BigInteger.class, "12345678901234567890", new BigInteger("12345678901234567890"));
    refuse(cases, BigInteger.class, "1.0", "1e2", "\"1\"", "");
  }

  private static void otherScalars(List<Case> cases) {
    accept(cases, boolean.class, "true", true);
    accept(cases, Boolean.class, "null", null);
    refuse(cases, boolean.class, "null", "1", "0", "\"true\"", "\"\"", "1.0");
    refuse(cases, Boolean.class, "1", "\"true\"", "\"\"");
    accept(cases, byte[].class, "\"AQI=\"", new byte[] {1, 2});
    accept(cases, byte[].class, "\"\"", new byte[0]);
    refuse(cases, byte[].class, "\"AQI\"", "\"!\"", "[1,2]", "1", "\"A QI=\"", "\"_-8=\"");
  }

  private static void times(List<Case> cases) {
    accept(cases, Instant.class, "\"2026-01-02T03:04:05Z\"", Instant.parse("2026-01-02T03:04:05Z"));
    refuse(cases, Instant.class, "1", "1.5", "\"1\"", "\"\"", "\"2026-01-02\"", "[1]");
    accept(cases, LocalDate.class, "\"2026-01-02\"", LocalDate.of(2026, 1, 2));
    refuse(cases, LocalDate.class, "[2026,1,2]", "20455", "\"\"", "\"2026-02-30\"");
    refuse(cases, LocalDate.class, "\"2026-01-02T03:04:05Z\"");
    accept(cases, LocalTime.class, "\"03:04\"", LocalTime.of(3, 4));
    accept(cases, LocalDateTime.class, "\"2026-01-02T03:04\"", LocalDateTime.of(2026, 1, 2, 3, 4));
    refuse(cases, LocalDateTime.class, "\"2026-01-02T03:04:05Z\"", "[2026,1,2,3,4]");
    accept(
        cases,
        OffsetDateTime.class,
        "\"2026-01-02T03:04:05+02:00\"",
        OffsetDateTime.parse("2026-01-02T03:04:05+02:00"));
    accept(
        cases,
        ZonedDateTime.class,
        "\"2026-01-02T03:04:05+01:00[Europe/Paris]\"",
        ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Paris]"));
    accept(cases, Duration.class, "\"PT3M\"", Duration.ofMinutes(3));
    refuse(cases, Duration.class, "180", "\"180\"", "\"\"");
    accept(cases, Period.class, "\"P1D\"", Period.ofDays(1));
    refuse(cases, Period.class, "1", "\"\"");
  }

  private static void structures(List<Case> cases) {
    Type strings = new TypeReference<List<String>>() {}.getType();
    accept(cases, strings, "[\"a\",null]", Arrays.asList("a", null));
    refuse(cases, strings, "\"a\"", "{}", "[1]", "\"\"", "[\"a\"", "[\"a\"]]");
    Type set = new TypeReference<Set<Integer>>() {}.getType();
    accept(cases, set, "[1,1,2]", Set.of(1, 2));
    Type map = new TypeReference<Map<Integer, String>>() {}.getType();
    accept(cases, map, "{\"1\":\"a\"}", Map.of(1, "a"));
    refuse(cases, map, "{\"01\":\"a\"}", "{\"x\":\"a\"}", "{\"1\":1}", "[]", "{\"\":\"a\"}");
    refuse(cases, map, "{\"1\":\"a\",\"1\":\"b\"}");
    Type enums = new TypeReference<Map<Colour, Integer>>() {}.getType();
    accept(cases, enums, "{\"RED\":1,\"GREEN\":null}", mapOf(Colour.RED, 1, Colour.GREEN, null));
    refuse(cases, enums, "{\"leaf\":1}", "{\"0\":1}");
    Type optional = new TypeReference<Optional<List<Integer>>>() {}.getType();
    accept(cases, optional, "null", Optional.empty());
    accept(cases, optional, "[1]", Optional.of(List.of(1)));
    refuse(cases, optional, "1", "[\"x\"]");
    accept(cases, int[].class, "[1,2]", new int[] {1, 2});
    refuse(cases, int[].class, "[1,null]", "[\"1\"]", "[1.0]", "1", "\"\"", "[2147483648]");
    accept(cases, double[].class, "[1,\"NaN\"]", new double[] {1, Double.NaN});
    refuse(cases, float[].class, "[1e39]");
    accept(cases, Integer[].class, "[1,null]", new @Nullable Integer[] {1, null});
    accept(cases, int[][].class, "[[1],[]]", new int[][] {{1}, {}});
  }

  private static Map<Object, @Nullable Object> mapOf(
      Object a, @Nullable Object b, Object c, @Nullable Object d) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    map.put(a, b);
    map.put(c, d);
    return map;
  }

  private static void records(List<Case> cases) {
    accept(cases, Line.class, "{\"sku\":\"a\",\"qty\":1}", new Line("a", 1));
    accept(cases, Line.class, "{\"qty\":1,\"x\":{\"y\":[1]},\"sku\":\"a\"}", new Line("a", 1));
    accept(cases, Line.class, "null", null);
    refuse(cases, Line.class, "{\"sku\":\"a\"}", "{\"qty\":null}", "{\"qty\":\"1\"}", "[]", "\"\"");
    refuse(
        cases, Line.class, "{\"qty\":1,\"qty\":1}", "{\"qty\":1,\"x\":1,\"x\":2}", "{\"qty\":1}}");
    refuse(cases, Line.class, "{\"qty\":1,\"x\":{\"y\":1,\"y\":1}}", "1", "{\"QTY\":1}");
    accept(cases, Order.class, "{\"id\":\"a\"}", new Order("a", null, Optional.empty()));
    accept(
        cases,
        Order.class,
        "{\"id\":\"a\",\"line\":{\"qty\":2},\"colour\":\"RED\"}",
        new Order("a", new Line(null, 2), Optional.of(Colour.RED)));
    refuse(cases, Order.class, "{\"line\":{\"qty\":1.5}}", "{\"colour\":\"x\"}", "{\"line\":[]}");
    Type pages = new TypeReference<Page<Line>>() {}.getType();
    accept(
        cases,
        pages,
        "{\"items\":[{\"qty\":1}],\"next\":{\"items\":[]}}",
        new Page<>(List.of(new Line(null, 1)), new Page<>(List.of(), null)));
    refuse(cases, pages, "{\"items\":[1]}", "{\"next\":{\"items\":[{}]}}");
    accept(cases, Positive.class, "{\"n\":1}", new Positive(1));
    refuse(cases, Positive.class, "{\"n\":0}");
    refuse(cases, pages, "{\"next\":".repeat(65) + "{}" + "}".repeat(65));
  }

  private static void naturals(List<Case> cases) {
    accept(cases, Object.class, "1", 1L);
    accept(cases, Object.class, "12345678901234567890", new BigInteger("12345678901234567890"));
    accept(cases, Object.class, "1.10", new BigDecimal("1.10"));
    accept(cases, Object.class, "null", null);
    accept(cases, Object.class, "[1,\"a\",true,{}]", List.of(1L, "a", true, Map.of()));
    refuse(cases, Object.class, "", "{\"a\":1,\"a\":1}", "1 2", "[1e99999999999]");
    Type map = new TypeReference<Map<String, Object>>() {}.getType();
    accept(cases, map, "{\"a\":{\"b\":1.5}}", Map.of("a", Map.of("b", new BigDecimal("1.5"))));
    Type list = new TypeReference<List<?>>() {}.getType();
    accept(cases, list, "[1]", List.of(1L));
    refuse(cases, list, "{}");
  }

  @ParameterizedTest
  @MethodSource("table")
  void holds_for(Case one) {
    assertThat(read(light(one.type), one.json)).as("light").isEqualTo(one.expected);
    assertThat(read(DatabindCodecs.forType(one.type), one.json))
        .as("databind")
        .isEqualTo(one.expected);
  }

  @Nested
  class Any_value {
    private final TypedCodec<?> light = light(Everything.class);
    private final TypedCodec<?> databind = DatabindCodecs.forType(Everything.class);

    @Test
    void survives_both_codecs_in_any_order() {
      Seeds.forEach(
          200,
          random -> {
            String json = written(light, everything(random));
            assertThat(written(light, read(light, json))).isEqualTo(json);
            assertThat(written(light, read(databind, json))).isEqualTo(json);
            String other = written(databind, read(light, json));
            assertThat(written(light, read(light, other))).isEqualTo(json);
            assertThat(written(light, read(databind, other))).isEqualTo(json);
          });
    }

    @Test
    void damaged_somewhere_is_the_same_to_both() {
      int[] refused = new int[2];
      Seeds.forEach(
          1000,
          random -> {
            JsonNode tree = StrictJson.parse(written(light, everything(random)).getBytes(UTF_8));
            damage(tree, random);
            String json = tree.toString();
            String expected = written(light, read(light, json));
            assertThat(written(light, read(databind, json))).as(json).isEqualTo(expected);
            refused[expected.equals("(refused)") ? 1 : 0]++;
          });
      assertThat(refused[0]).as("some damage does no harm").isPositive();
    }

    @Test
    void with_bytes_changed_is_the_same_to_both() {
      Seeds.forEach(
          1000,
          random -> {
            byte[] json = written(light, everything(random)).getBytes(UTF_8);
            for (int i = random.nextInt(3); i >= 0; i--) {
              json[random.nextInt(json.length)] =
                  (byte) "0\"{}[],:-e.1tn ".charAt(random.nextInt(15));
            }
            String text = new String(json, UTF_8);
            assertThat(written(light, read(databind, text)))
                .as(text)
                .isEqualTo(written(light, read(light, text)));
          });
    }

    /** Puts another value, or nothing, in the place of one value somewhere in the tree. */
    private void damage(JsonNode tree, Random random) {
      int children = tree.size();
      if (children == 0) {
        return;
      }
      int chosen = random.nextInt(children);
      String name = null;
      if (tree instanceof ObjectNode) {
        Iterator<String> names = tree.fieldNames();
        for (int i = 0; i <= chosen; i++) {
          name = names.next();
        }
      }
      JsonNode child = name == null ? tree.get(chosen) : tree.get(name);
      if (child.size() > 0 && random.nextBoolean()) {
        damage(child, random);
      } else if (tree instanceof ArrayNode array) {
        array.set(chosen, wrong(random));
      } else if (random.nextInt(8) == 0) {
        ((ObjectNode) tree).remove(name);
      } else {
        ((ObjectNode) tree).set(name, wrong(random));
      }
    }

    private JsonNode wrong(Random random) {
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      return switch (random.nextInt(15)) {
        case 0 -> nodes.nullNode();
        case 1 -> nodes.textNode("");
        case 2 -> nodes.textNode("1");
        case 3 -> nodes.numberNode(random.nextInt(300));
        case 4 -> nodes.numberNode(new BigDecimal("1.0"));
        case 5 -> nodes.numberNode(BigInteger.ONE.shiftLeft(63));
        case 6 -> nodes.numberNode(new BigDecimal("1e400"));
        case 7 -> nodes.booleanNode(random.nextBoolean());
        case 8 -> nodes.arrayNode().add(1);
        case 9 -> nodes.arrayNode();
        case 10 -> nodes.objectNode();
        case 11 -> nodes.objectNode().put("1", 1).put("sku", "s").put("qty", 1);
        case 12 -> nodes.textNode("2026-01-02T03:04:05Z");
        case 13 -> nodes.textNode("NaN");
        default -> nodes.textNode(" true ");
      };
    }
  }

  private static Everything everything(Random random) {
    Instant instant = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(1200) - 600));
    OffsetDateTime at = instant.atOffset(offset);
    return new Everything(
        orNull(random, wellFormed(random)),
        random.nextBoolean(),
        orNull(random, random.nextBoolean()),
        (byte) random.nextInt(),
        (short) random.nextInt(),
        random.nextInt(),
        random.nextLong(),
        Float.intBitsToFloat(random.nextInt()),
        Double.longBitsToDouble(random.nextLong()),
        (char) (' ' + random.nextInt(0x3000)),
        orNull(random, (byte) random.nextInt()),
        orNull(random, (short) random.nextInt()),
        orNull(random, random.nextInt()),
        orNull(random, random.nextLong()),
        orNull(random, random.nextFloat()),
        orNull(random, random.nextDouble()),
        orNull(random, 'x'),
        orNull(random, new BigDecimal(new BigInteger(99, random), random.nextInt(200) - 100)),
        orNull(random, new BigInteger(200, random)),
        orNull(random, Colour.values()[random.nextInt(2)]),
        orNull(random, new UUID(random.nextLong(), random.nextLong())),
        orNull(random, instant),
        orNull(random, at.toLocalDate()),
        orNull(random, at.toLocalDateTime()),
        orNull(random, at.toLocalTime()),
        orNull(random, at),
        orNull(random, at.toOffsetTime()),
        orNull(random, instant.atZone(ZoneId.of("Europe/Paris"))),
        orNull(random, Duration.ofNanos(random.nextLong())),
        orNull(random, Period.of(random.nextInt(9), -random.nextInt(9), random.nextInt(9))),
        Optional.ofNullable(orNull(random, line(random))),
        orNull(random, Arrays.asList(null, order(random), order(random))),
        orNull(random, Set.of(wellFormed(random))),
        orNull(random, Map.of(wellFormed(random), random.nextInt())),
        orNull(random, Map.of(Colour.RED, List.of(random.nextLong()))),
        orNull(random, Map.of(random.nextInt(), wellFormed(random))),
        orNull(random, Map.of(new UUID(1, random.nextInt()), Optional.empty())),
        orNull(random, new byte[random.nextInt(9)]),
        orNull(random, random.ints(3).toArray()),
        orNull(random, random.doubles(3).toArray()),
        orNull(random, new Line[] {line(random)}),
        orNull(random, new Page<>(List.of(line(random)), new Page<>(List.of(), null))),
        orNull(random, natural(random)));
  }

  private static <T> @Nullable T orNull(Random random, T value) {
    return random.nextInt(6) == 0 ? null : value;
  }

  private static Line line(Random random) {
    return new Line(wellFormed(random), random.nextInt());
  }

  private static Order order(Random random) {
    return new Order(
        wellFormed(random),
        orNull(random, line(random)),
        Optional.ofNullable(orNull(random, Colour.RED)));
  }

  private static Object natural(Random random) {
    return List.of(
        Map.of("a", random.nextLong()),
        new BigDecimal("1.50"),
        new BigInteger(99, random),
        wellFormed(random),
        true);
  }

  private static String wellFormed(Random random) {
    return JsonWriterTest.wellFormed(JsonWriterTest.anyText(random)).replace('\uFFFD', '?');
  }

  @Nested
  class Refusals {
    @Test
    void name_the_pointer_and_the_type_alike() {
      Map<String, String> places =
          Map.of(
              "{\"id\":1}", "/id java.lang.String",
              "{\"line\":{\"qty\":\"x\"}}", "/line/qty int",
              "{\"colour\":\"x\"}", "/colour " + Colour.class.getName());
      places.forEach(
          (json, place) -> {
            for (TypedCodec<?> codec :
                List.of(light(Order.class), DatabindCodecs.forType(Order.class))) {
              assertThatExceptionOfType(UndecodablePayloadException.class)
                  .isThrownBy(() -> codec.read(json.getBytes(UTF_8)))
                  .matches(e -> (e.pointer() + " " + e.expected()).equals(place), place);
            }
          });
    }

    @Test
    void never_tell_the_payload() {
      String secret = "s3cr3t".repeat(1000);
      String[] documents = {
        "{\"line\":{\"qty\":\"" + secret + "\"}}",
        "{\"colour\":\"" + secret + "\"}",
        secret,
        "{\"" + secret
      };
      for (TypedCodec<?> codec : List.of(light(Order.class), DatabindCodecs.forType(Order.class))) {
        for (String json : documents) {
          assertThatExceptionOfType(UndecodablePayloadException.class)
              .isThrownBy(() -> codec.read(json.getBytes(UTF_8)))
              .matches(e -> !String.valueOf(e.getMessage()).contains("s3cr3t"));
        }
      }
    }
  }
}
