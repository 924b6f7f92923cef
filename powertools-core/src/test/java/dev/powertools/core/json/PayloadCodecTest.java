// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadCodecTest {
  private final PayloadCodec codecs = PayloadCodec.standard();

  record Plain(String id) {}

  record Renamed(@JsonProperty("order_id") String id) {}

  record Holder(List<Renamed> renamed) {}

  record WithLink(URI link) {}

  @JsonIgnoreProperties
  record OnClass(String id) {}

  record OnCreator(String id) {
    @JsonCreator
    OnCreator {}
  }

  record OnAccessor(String id) {
    @Override
    @JsonProperty("x")
    public String id() {
      return id;
    }
  }

  @JacksonAnnotationsInside
  @JsonAlias("other")
  @Retention(RetentionPolicy.RUNTIME)
  @interface Also {}

  record OnBundle(@Also String id) {}

  enum Size {
    @JsonProperty("s")
    SMALL
  }

  record OnEnum(Size size) {}

  record OnKey(Map<Size, String> sizes) {}

  record Formatted(
      @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = "dd.MM.yyyy") LocalDate day,
      LocalDate plain) {}

  record Tree<T>(T value, @Nullable List<Tree<T>> children) {}

  record Nest<T>(T value, @Nullable Nest<List<T>> next) {}

  record AnyHolder(@Nullable Object any) {}

  public static final class Pojo {
    public @Nullable String name;
    public @Nullable Year year;
    public @Nullable OptionalInt count;
    public @Nullable Plain plain;
  }

  interface Shape {}

  static final class Contradictory {
    @JsonCreator
    Contradictory(@JsonProperty("a") String a) {}

    @JsonCreator
    Contradictory(@JsonProperty("b") Instant b) {}
  }

  record Failing(int a, int b) {
    @Override
    public int b() {
      throw new IllegalStateException("no");
    }
  }

  record Picky(String id) {
    Picky {
      throw new IllegalArgumentException("never");
    }
  }

  private static @Nullable Object read(TypedCodec<?> codec, String json) {
    return codec.read(json.getBytes(UTF_8));
  }

  @Nested
  class Choice {
    @Test
    void is_light_for_records_and_simple_types() {
      Type tree = new TypeReference<Tree<Plain>>() {}.getType();
      assertThat(codecs.forType(tree)).isInstanceOf(LightCodec.class);
      assertThat(codecs.forClass(Plain.class)).isInstanceOf(LightCodec.class);
      assertThat(codecs.forClass(Plain.class).type()).isEqualTo(Plain.class);
    }

    @ParameterizedTest
    @ValueSource(
        classes = {
          Renamed.class,
          Holder.class,
          WithLink.class,
          OnClass.class,
          OnCreator.class,
          OnAccessor.class,
          OnBundle.class,
          OnEnum.class,
          OnKey.class,
          Pojo.class,
          Year.class,
          char[].class,
          List.class
        })
    void is_databind_for_everything_else(Class<?> type) {
      assertThat(codecs.forType(type)).isInstanceOf(DatabindCodec.class);
      assertThat(codecs.forType(type).type()).isEqualTo(type);
    }

    @Test
    void refuses_types_nested_without_end() {
      Type endless = new TypeReference<Nest<String>>() {}.getType();
      assertThatExceptionOfType(UnsupportedPayloadTypeException.class)
          .isThrownBy(() -> codecs.forType(endless))
          .withMessageContaining("without end");
    }

    @Test
    void refuses_aws_events_wherever_they_are() {
      Type list = new TypeReference<List<SQSEvent.SQSMessage>>() {}.getType();
      for (Type type : List.of(SQSEvent.class, SQSEvent[].class, list)) {
        assertThatExceptionOfType(UnsupportedPayloadTypeException.class)
            .isThrownBy(() -> codecs.forType(type))
            .withMessageContaining("com.amazonaws.services.lambda.runtime.events.SQSEvent")
            .withMessageContaining("RequestHandler")
            .withMessageContaining("record");
      }
    }

    @Test
    void refuses_what_databind_cannot_read_either() {
      for (Class<?> type : List.of(Contradictory.class, Shape.class)) {
        assertThatExceptionOfType(UnsupportedPayloadTypeException.class)
            .isThrownBy(() -> codecs.forType(type))
            .withMessageContaining(type.getName())
            .withMessageContaining("record");
      }
    }
  }

  @Nested
  class Jackson_annotations {
    @Test
    void are_obeyed() {
      assertThat(read(codecs.forType(Renamed.class), "{\"order_id\":\"a\"}"))
          .isEqualTo(new Renamed("a"));
      assertThat(read(codecs.forType(Holder.class), "{\"renamed\":[{\"order_id\":\"a\"}]}"))
          .isEqualTo(new Holder(List.of(new Renamed("a"))));
      assertThat(read(codecs.forType(OnEnum.class), "{\"size\":\"s\"}"))
          .isEqualTo(new OnEnum(Size.SMALL));
      assertThat(read(codecs.forType(OnBundle.class), "{\"other\":\"a\"}"))
          .isEqualTo(new OnBundle("a"));
    }

    @Test
    void of_formats_apply_to_their_property_only() {
      TypedCodec<Formatted> codec = codecs.forClass(Formatted.class);
      LocalDate day = LocalDate.of(2026, 1, 2);
      String json = "{\"day\":\"02.01.2026\",\"plain\":\"2026-01-02\"}";
      assertThat(read(codec, json)).isEqualTo(new Formatted(day, day));
      assertThat(new String(codec.write(new Formatted(day, day)), UTF_8)).isEqualTo(json);
    }

    @Test
    void leave_room_for_beans_of_any_kind() {
      Pojo pojo =
          codecs
              .forClass(Pojo.class)
              .read(
                  "{\"name\":\"a\",\"year\":2026,\"count\":3,\"plain\":{\"id\":\"p\"}}"
                      .getBytes(UTF_8));
      assertThat(Objects.requireNonNull(pojo).year).isEqualTo(Year.of(2026));
      assertThat(pojo.count).hasValue(3);
      assertThat(pojo.plain).isEqualTo(new Plain("p"));
    }
  }

  @Nested
  class Generic_records {
    @Test
    void know_their_arguments_at_any_depth() {
      TypedCodec<?> codec =
          codecs.forType(new TypeReference<Tree<Optional<Instant>>>() {}.getType());
      Object tree =
          read(
              codec,
              "{\"value\":null,\"children\":[{\"value\":\"1970-01-01T00:00:00Z\",\"children\":[]}]}");
      assertThat(tree)
          .isEqualTo(
              new Tree<>(
                  Optional.empty(), List.of(new Tree<>(Optional.of(Instant.EPOCH), List.of()))));
    }

    @Test
    void with_different_arguments_are_different() {
      record Both(Tree<String> texts, Tree<Integer> numbers) {}
      TypedCodec<Both> codec = codecs.forClass(Both.class);
      assertThat(read(codec, "{\"texts\":{\"value\":\"a\"},\"numbers\":{\"value\":1}}"))
          .isEqualTo(new Both(new Tree<>("a", null), new Tree<>(1, null)));
      assertThatExceptionOfType(UndecodablePayloadException.class)
          .isThrownBy(() -> read(codec, "{\"texts\":{\"value\":1}}"));
    }
  }

  @Nested
  class Writing {
    private String written(@Nullable Object any) {
      return new String(codecs.forClass(AnyHolder.class).write(new AnyHolder(any)), UTF_8);
    }

    @Test
    void of_plain_values_and_others_by_their_own_codec() {
      assertThat(written(null)).isEqualTo("{\"any\":null}");
      assertThat(written(new Plain("a"))).isEqualTo("{\"any\":{\"id\":\"a\"}}");
      assertThat(written(new Renamed("a"))).isEqualTo("{\"any\":{\"order_id\":\"a\"}}");
      assertThat(written(URI.create("a:b"))).isEqualTo("{\"any\":\"a:b\"}");
      assertThat(written(Instant.EPOCH)).isEqualTo("{\"any\":\"1970-01-01T00:00:00Z\"}");
      assertThat(written(new int[] {1})).isEqualTo("{\"any\":[1]}");
      assertThat(written(Map.of(1, List.of(2.5)))).isEqualTo("{\"any\":{\"1\":[2.5]}}");
    }

    @Test
    void repairs_lone_surrogates_with_both_codecs() {
      assertThat(new String(codecs.forClass(Plain.class).write(new Plain("\uD800")), UTF_8))
          .isEqualTo("{\"id\":\"\uFFFD\"}");
      assertThat(new String(codecs.forClass(Renamed.class).write(new Renamed("\uD800")), UTF_8))
          .isEqualTo("{\"order_id\":\"\uFFFD\"}");
    }

    @Test
    void refuses_cycles_null_keys_and_keys_without_text() {
      List<Object> cycle = new ArrayList<>();
      cycle.add(cycle);
      Map<Object, Object> nullKey = new HashMap<>();
      nullKey.put(null, 1);
      for (Object value : Arrays.asList(cycle, nullKey, Map.of(List.of(), 1), new Object())) {
        assertThatExceptionOfType(UnencodablePayloadException.class)
            .isThrownBy(() -> written(value));
      }
      TypedCodec<?> map = codecs.forType(new TypeReference<Map<String, Integer>>() {}.getType());
      assertThatExceptionOfType(UnencodablePayloadException.class)
          .isThrownBy(() -> writeAny(map, nullKey, new JsonWriter()));
    }

    @Test
    void that_fails_leaves_the_writer_as_it_was() {
      JsonWriter out = new JsonWriter();
      out.beginObject().name("x");
      assertThatThrownBy(() -> codecs.forClass(Failing.class).write(new Failing(1, 2), out))
          .isInstanceOf(UnencodablePayloadException.class)
          .hasMessageContaining("b() threw java.lang.IllegalStateException")
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> writeAny(codecs.forType(Plain.class), "text", out))
          .isInstanceOf(UnencodablePayloadException.class);
      out.value(1).endObject();
      assertThat(new String(out.toByteArray(), UTF_8)).isEqualTo("{\"x\":1}");
    }

    @SuppressWarnings("unchecked")
    private <T> void writeAny(TypedCodec<T> codec, Object value, JsonWriter out) {
      codec.write((T) value, out);
    }

    @Test
    void of_what_a_bean_refuses_is_an_error_with_its_cause() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("self", map);
      Type type = new TypeReference<java.util.SortedMap<String, Object>>() {}.getType();
      TypedCodec<?> codec = codecs.forType(type);
      assertThat(codec).isInstanceOf(DatabindCodec.class);
      assertThatExceptionOfType(UnencodablePayloadException.class)
          .isThrownBy(() -> writeAny(codec, new java.util.TreeMap<>(map), new JsonWriter()));
    }
  }

  @Nested
  class Without_databind {
    @Test
    void light_types_work_and_others_name_the_dependency() throws Exception {
      try (URLClassLoader loader = withoutDatabind()) {
        Object codecs =
            loader.loadClass(PayloadCodec.class.getName()).getMethod("standard").invoke(null);
        var forType =
            loader.loadClass(PayloadCodec.class.getName()).getMethod("forType", Type.class);
        assertThat(forType.invoke(codecs, String[].class)).isNotNull();
        for (int i = 0; i < 2; i++) {
          assertThatThrownBy(() -> forType.invoke(codecs, URI.class))
              .cause()
              .hasToString(
                  "dev.powertools.core.json.UnsupportedPayloadTypeException: java.net.URI needs"
                      + " Jackson databind, because of java.net.URI, which is no record and no simple"
                      + " type; add the dependencies com.fasterxml.jackson.core:jackson-databind,"
                      + " com.fasterxml.jackson.datatype:jackson-datatype-jdk8 and"
                      + " com.fasterxml.jackson.datatype:jackson-datatype-jsr310, or use a record of"
                      + " simple types");
        }
      }
    }

    private URLClassLoader withoutDatabind() throws IOException {
      URL[] urls = {
        location(PayloadCodec.class), location(JsonFactory.class), location(Nullable.class)
      };
      return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private URL location(Class<?> type) {
      return type.getProtectionDomain().getCodeSource().getLocation();
    }
  }

  @Test
  void documents_over_8_megabytes_are_refused() {
    byte[] large = new byte[8 * 1024 * 1024 + 1];
    for (Class<?> type : List.of(Plain.class, Renamed.class)) {
      assertThatExceptionOfType(UndecodablePayloadException.class)
          .isThrownBy(() -> codecs.forType(type).read(large))
          .withCauseInstanceOf(InvalidJsonException.class);
    }
  }

  @Test
  void a_constructor_that_refuses_is_the_cause() {
    assertThatExceptionOfType(UndecodablePayloadException.class)
        .isThrownBy(() -> read(codecs.forType(Picky.class), "{\"id\":\"a\"}"))
        .withCauseInstanceOf(IllegalArgumentException.class)
        .matches(e -> e.pointer().isEmpty());
  }
}
