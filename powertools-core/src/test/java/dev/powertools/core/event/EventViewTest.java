// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.powertools.core.json.CanonicalJson;
import dev.powertools.core.json.JsonPointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventViewTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Object map(String json) {
    try {
      return MAPPER.readValue(json, Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EventView json(String json) {
    return EventView.of(json.getBytes(UTF_8));
  }

  private static @Nullable String text(@Nullable Object event, String pointer) {
    return EventView.of(event).text(JsonPointer.of(pointer)).orElse(null);
  }

  private static @Nullable String jsonText(@Nullable Object event, String pointer) {
    return EventView.of(event)
        .json(JsonPointer.of(pointer))
        .map(bytes -> new String(bytes, UTF_8))
        .orElse(null);
  }

  @Nested
  class Every_source {
    static List<EventForms> forms() {
      return EventForms.all();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void answers_alike_as_bytes(EventForms forms) {
      check(forms, forms.wire().getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void answers_alike_as_map(EventForms forms) {
      check(forms, map(forms.wire()));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void answers_alike_as_object(EventForms forms) {
      check(forms, forms.object());
    }

    private void check(EventForms forms, Object event) {
      EventView view = EventView.of(event);
      assertThat(forms.expected())
          .allSatisfy(
              (pointer, expected) -> {
                assertThat(view.text(JsonPointer.of(pointer))).as(pointer).contains(expected);
                assertThat(view.exists(JsonPointer.of(pointer))).as(pointer).isTrue();
                JsonPointer beyond = JsonPointer.of(pointer).child("beyond");
                assertThat(view.exists(beyond)).as(beyond.toString()).isFalse();
              });
      assertThat(view.exists(JsonPointer.of("/nowhere/0/x"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Records/0/body", "/Records/0/attributes"})
    void gives_the_same_canonical_bytes(String pointer) {
      EventForms sqs = EventForms.sqs();
      String bytes = jsonText(sqs.wire().getBytes(UTF_8), pointer);
      assertThat(bytes).isNotNull();
      assertThat(jsonText(map(sqs.wire()), pointer)).isEqualTo(bytes);
      assertThat(jsonText(sqs.object(), pointer)).isEqualTo(bytes);
    }

    @Test
    void gives_the_same_canonical_bytes_of_parsed_bodies() {
      EventForms http = EventForms.httpApi();
      JsonPointer body = JsonPointer.of("/body");
      for (Object event : Arrays.asList(map(http.wire()), http.object())) {
        byte[] held = EventView.of(event).json(body).orElseThrow();
        assertThat(held).isEqualTo(json(http.wire()).json(body).orElseThrow());
      }
      assertThat(jsonText(EventForms.eventBridge().object(), "/detail/amount")).isEqualTo("12.5");
    }
  }

  @Nested
  class Headers {
    static List<EventForms> forms() {
      return List.of(EventForms.restApi(), EventForms.httpApi(), EventForms.loadBalancer());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void are_found_whatever_their_case_and_form(EventForms forms) {
      for (Object event :
          List.of(forms.wire().getBytes(UTF_8), map(forms.wire()), forms.object())) {
        EventView view = EventView.of(event);
        assertThat(view.header("x-CORRELATION-id")).contains("c-1");
        assertThat(view.header("Accept")).contains("a,b");
        assertThat(view.header("missing")).isEmpty();
      }
    }

    @Test
    void are_absent_from_other_events() {
      assertThat(EventView.of(null).header("a")).isEmpty();
      assertThat(EventView.of("text").header("a")).isEmpty();
      assertThat(EventView.of(EventForms.sqs().object()).header("a")).isEmpty();
      assertThat(json("{\"headers\":null,\"multiValueHeaders\":{\"a\":[]}}").header("a")).isEmpty();
    }

    @Test
    void that_differ_only_in_case_are_ambiguous() {
      assertThatExceptionOfType(EventViewException.class)
          .isThrownBy(
              () -> json("{\"headers\":{\"TENANT\":\"a\",\"tenant\":\"b\"}}").header("Tenant"))
          .withMessageContaining("TENANT")
          .withMessageContaining("tenant");
    }
  }

  @Nested
  class Names {
    @Test
    void match_exactly_before_ignoring_case() {
      Map<String, Integer> both = Map.of("ID", 1, "id", 2, "Id", 3);
      assertThat(text(both, "/id")).isEqualTo("2");
      assertThat(text(Map.of("x", both), "/x/Id")).isEqualTo("3");
    }

    @Test
    void that_might_mean_two_are_an_error() {
      assertThatExceptionOfType(EventViewException.class)
          .isThrownBy(() -> text(Map.of("ID", 1, "id", 2), "/iD"))
          .withMessageContaining("\"/iD\" of the event");
    }

    @Test
    void sent_twice_are_an_error_to_those_who_ask_for_them() {
      EventView view = json("{\"a\":1,\"t\":1,\"t\":2,\"o\":{\"x\":1,\"x\":2},\"b\":2}");
      assertThat(view.text(JsonPointer.of("/b"))).contains("2");
      for (String pointer : List.of("/t", "/T", "/t/x", "/o/x")) {
        assertThatExceptionOfType(EventViewException.class)
            .as(pointer)
            .isThrownBy(() -> view.exists(JsonPointer.of(pointer)))
            .withMessageContaining("more than once");
      }
      assertThatExceptionOfType(EventViewException.class)
          .isThrownBy(() -> view.json(JsonPointer.of("/o")));
    }

    @Test
    void of_maps_with_other_keys_are_their_text() {
      assertThat(text(new TreeMap<>(Map.of(1, "a")), "/1")).isEqualTo("a");
      assertThat(
              text(Map.of(UUID.fromString("0-0-0-0-a"), "a"), "/" + UUID.fromString("0-0-0-0-A")))
          .isEqualTo("a");
    }

    @Test
    void with_escapes_are_unescaped() {
      assertThat(text(Map.of("a/b", Map.of("~", 1)), "/a~1b/~0")).isEqualTo("1");
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Order(String id, Optional<String> note, int[] counts, Object[] lines) {}

  public static final class Twins {
    public int getAB() {
      return 1;
    }

    public int getAb() {
      return 2;
    }

    @SuppressWarnings("DoNotCallSuggester")
    public String getSecret() {
      throw new IllegalStateException("closed");
    }

    public static int getStatic() {
      return 1;
    }

    public int get() {
      return 1;
    }

    public boolean isOn() {
      return true;
    }
  }

  @Nested
  class Objects {
    @Test
    void that_are_records_are_read_by_component() {
      Order order = new Order("o", Optional.of("n"), new int[] {1}, new Object[] {"l", 2});
      assertThat(text(order, "/ID")).isEqualTo("o");
      assertThat(text(order, "/note")).isEqualTo("n");
      assertThat(text(order, "/lines/1")).isEqualTo("2");
      assertThat(text(order, "/lines/2")).isNull();
      assertThat(jsonText(order, ""))
          .isEqualTo("{\"counts\":[1],\"id\":\"o\",\"lines\":[\"l\",2],\"note\":\"n\"}");
    }

    @Test
    void with_two_getters_for_a_name_are_ambiguous() {
      assertThat(text(new Twins(), "/AB")).isEqualTo("1");
      assertThat(text(new Twins(), "/ab")).isEqualTo("2");
      assertThatExceptionOfType(EventViewException.class)
          .isThrownBy(() -> text(new Twins(), "/aB"));
    }

    @Test
    void are_read_by_their_own_getters_only() {
      assertThat(text(new Twins(), "/on")).isEqualTo("true");
      assertThat(text(new Twins(), "/class")).isNull();
      assertThat(text(new Twins(), "/static")).isNull();
    }

    @Test
    void whose_getter_throws_are_an_error_with_its_cause() {
      assertThatExceptionOfType(EventViewException.class)
          .isThrownBy(() -> text(new Twins(), "/secret"))
          .withMessageContaining("getSecret")
          .withRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void are_written_without_what_is_null() {
      var message = new SQSEvent.SQSMessage();
      message.setMessageId("m");
      assertThat(jsonText(message, "")).isEqualTo("{\"messageId\":\"m\"}");
    }
  }

  @Nested
  class Missing {
    @Test
    void values_are_empty() {
      for (Object event : Arrays.asList(null, 1, "text", "{", Map.of(), List.of(), new byte[0])) {
        EventView view = EventView.of(event);
        JsonPointer pointer = JsonPointer.of("/a/0");
        assertThat(view.text(pointer)).isEmpty();
        assertThat(view.integer(pointer)).isEmpty();
        assertThat(view.json(pointer)).isEmpty();
        assertThat(view.exists(pointer)).isFalse();
      }
    }

    @Test
    void is_what_is_null() {
      assertThat(json("{\"a\":null}").exists(JsonPointer.of("/a"))).isFalse();
      assertThat(json("{\"a\":null}").json(JsonPointer.of("/a"))).isEmpty();
      assertThat(json("{\"a\":[null]}").text(JsonPointer.of("/a/0"))).isEmpty();
    }

    @Test
    void is_what_only_leading_zeros_would_find() {
      assertThat(text(List.of("a"), "/00")).isNull();
      assertThat(text(List.of("a"), "/-")).isNull();
      assertThat(text(List.of("a"), "/1")).isNull();
    }
  }

  @Nested
  class Scalars {
    @Test
    void of_the_root_are_themselves() {
      assertThat(text("text", "")).isEqualTo("text");
      assertThat(text(7, "")).isEqualTo("7");
      assertThat(text("7".getBytes(UTF_8), "")).isEqualTo("7");
    }

    @Test
    void that_are_numbers_have_one_text_in_all_forms() {
      assertThat(text("{\"n\":1e3}".getBytes(UTF_8), "/n")).isEqualTo("1000");
      assertThat(text(Map.of("n", 1e3), "/n")).isEqualTo("1000");
      assertThat(text(Map.of("n", Double.NaN), "/n")).isEqualTo("NaN");
      assertThat(text("{\"n\":12345678901234567890}".getBytes(UTF_8), "/n"))
          .isEqualTo("12345678901234567890");
    }

    @Test
    void are_integers_if_whole_and_in_range() {
      EventView view =
          json("{\"a\":7,\"b\":\"-8\",\"c\":1.0,\"d\":1.5,\"e\":\"x\",\"f\":99999999999999999999}");
      assertThat(view.integer(JsonPointer.of("/a"))).contains(7L);
      assertThat(view.integer(JsonPointer.of("/b"))).contains(-8L);
      assertThat(view.integer(JsonPointer.of("/c"))).contains(1L);
      assertThat(view.integer(JsonPointer.of("/d"))).isEmpty();
      assertThat(view.integer(JsonPointer.of("/e"))).isEmpty();
      assertThat(view.integer(JsonPointer.of("/f"))).isEmpty();
    }

    @Test
    void are_not_what_has_an_inside() {
      EventView view = json("{\"a\":{},\"b\":[]}");
      assertThat(view.text(JsonPointer.of("/a"))).isEmpty();
      assertThat(view.text(JsonPointer.of("/b"))).isEmpty();
      assertThat(view.exists(JsonPointer.of("/a"))).isTrue();
      assertThat(text(new Twins(), "")).isNull();
    }
  }

  @Nested
  class Text_that_holds_json {
    @Test
    void is_stepped_into_at_any_level() {
      String sns = "{\"Message\":" + EventForms.quoted("{\"id\":\"[1,2]\"}") + "}";
      String sqs = "{\"body\":" + EventForms.quoted(sns) + "}";
      assertThat(text(sqs, "/body/Message/id/1")).isEqualTo("2");
      assertThat(text(Map.of("b", "\"{\\\"a\\\":1}\""), "/b/a")).as("quoted twice").isEqualTo("1");
    }

    @Test
    void in_base64_is_decoded_only_where_it_is_declared() {
      String body = EventForms.base64("{\"a\":1}".getBytes(UTF_8));
      assertThat(text(Map.of("body", body, "isBase64Encoded", true), "/body/a")).isEqualTo("1");
      assertThat(text(Map.of("body", body, "isBase64Encoded", false), "/body/a")).isNull();
      assertThat(text(Map.of("body", body), "/body/a")).isNull();
      assertThat(text(Map.of("data", "{\"a\":1}"), "/data/a")).isEqualTo("1");
    }

    @Test
    void is_remembered_for_the_place_it_was_read_at() {
      String text = EventForms.base64("{\"a\":1}".getBytes(UTF_8));
      EventView view = EventView.of(Map.of("data", text, "body", text));
      assertThat(view.text(JsonPointer.of("/data/a"))).contains("1");
      assertThat(view.text(JsonPointer.of("/body/a"))).isEmpty();
      assertThat(view.text(JsonPointer.of("/data/a"))).contains("1");
    }

    @Test
    void in_bytes_is_stepped_into_and_the_buffer_left_alone() {
      ByteBuffer buffer = ByteBuffer.wrap(EventForms.gzip("{\"a\":1}".getBytes(UTF_8)));
      int remaining = buffer.remaining();
      assertThat(text(Map.of("x", buffer), "/x/a")).isEqualTo("1");
      assertThat(text(Map.of("x", "{\"a\":1}".getBytes(UTF_8)), "/x/a")).isEqualTo("1");
      assertThat(buffer.remaining()).isEqualTo(remaining);
    }

    @Test
    void that_is_broken_is_missing() {
      assertThat(text(Map.of("b", "{\"a\":1"), "/b/a")).isNull();
      assertThat(text(Map.of("b", "{\"a\":1}}"), "/b/a")).isNull();
      assertThat(text(Map.of("data", "H4sIAAAA"), "/data/a")).as("broken gzip").isNull();
    }
  }

  @Nested
  class Limits {
    @Test
    void of_depth_hold_for_text_and_objects() {
      String deep = "[".repeat(64) + "]".repeat(64);
      assertThat(json(deep).exists(JsonPointer.of("/0".repeat(63)))).isTrue();
      assertThatExceptionOfType(EventViewException.class)
          .isThrownBy(() -> json("[" + deep + "]").exists(JsonPointer.of("/0")))
          .withMessageContaining("over the limits");
      List<Object> cycle = new ArrayList<>();
      cycle.add(cycle);
      assertThatExceptionOfType(EventViewException.class)
          .isThrownBy(() -> jsonText(cycle, "/0"))
          .withMessageContaining("64 levels");
    }

    @Test
    void of_length_hold_for_text_and_what_is_unpacked() {
      String eight = "[" + " ".repeat(8 * 1024 * 1024) + "]";
      List<Object> events =
          List.of(
              eight.getBytes(UTF_8),
              Map.of("a", eight),
              Map.of("a", EventForms.gzip(eight.getBytes(UTF_8))));
      for (Object event : events) {
        assertThatExceptionOfType(EventViewException.class)
            .isThrownBy(() -> text(event, "/a/0"))
            .withMessageContaining("8388608");
      }
    }

    @Test
    void of_fidelity_hold_for_json() {
      assertThatExceptionOfType(EventViewException.class)
          .isThrownBy(() -> jsonText(Map.of("a", "\uD800"), "/a"))
          .withMessageContaining("lone surrogate");
      Map<Object, Object> map = new HashMap<>(Map.of(1, "a", "1", "b"));
      assertThatExceptionOfType(EventViewException.class)
          .isThrownBy(() -> jsonText(Map.of("m", map), "/m"))
          .withMessageContaining("two keys");
      assertThat(jsonText(Map.of("a", "\uD83D\uDE00"), "/a")).isEqualTo("\"\uD83D\uDE00\"");
    }
  }

  @Test
  void a_document_comes_back_whole() {
    String wire = EventForms.restApi().wire();
    assertThat(CanonicalJson.of(json(wire).json(JsonPointer.root()).orElseThrow()))
        .isEqualTo(CanonicalJson.of(wire));
  }
}
