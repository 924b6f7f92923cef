// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonFilter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.powertools.core.redact.Redactor;
import dev.powertools.core.redact.Sensitive;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Objects with getters, by way of databind. */
class JsonWriterBeansTest {

  /** Two getters. */
  public static class Order {
    public String getId() {
      return "o-1";
    }

    public boolean isPaid() {
      return true;
    }

    public Instant getTime() {
      return Instant.EPOCH;
    }

    public Optional<Integer> getCount() {
      return Optional.of(2);
    }

    public @Nullable Object getNothing() {
      return null;
    }
  }

  private static String text(@Nullable Object value) {
    return text(value, null);
  }

  private static String text(@Nullable Object value, @Nullable Redactor redactor) {
    byte[] json =
        new JsonWriter(JsonLimits.forLogs()).redactor(redactor).value(value).toByteArray();
    StrictJson.parse(json);
    return new String(json, StandardCharsets.UTF_8);
  }

  @Test
  void are_written_by_their_getters_and_their_values_as_ever() {
    assertThat(text(new Order()))
        .contains("\"id\":\"o-1\"", "\"paid\":true", "\"count\":2", "\"nothing\":null")
        .contains("\"time\":\"1970-01-01T00:00:00Z\"");
    assertThat(text(List.of(Map.of("order", new Order())))).startsWith("[{\"order\":{\"");
  }

  @Nested
  class Are_not_such {

    /** Comparable. */
    public static class Money implements Comparable<Money> {
      public String getCurrency() {
        return "EUR";
      }

      @Override
      public int compareTo(Money other) {
        return 0;
      }

      @Override
      public String toString() {
        return "1 EUR";
      }
    }

    /** Nothing to read. */
    public static class Quiet {
      @Override
      public String toString() {
        return "quiet";
      }
    }

    @Test
    void values_and_resources_and_what_has_no_getter() {
      assertThat(text(new Money())).isEqualTo("\"1 EUR\"");
      assertThat(text(new Quiet())).isEqualTo("\"quiet\"");
      assertThat(text(new IllegalStateException("x"))).contains("IllegalStateException: x");
      assertThat(text(Thread.currentThread())).startsWith("\"Thread[");
    }
  }

  @Nested
  class Of_a_hostile_kind {

    /** Throws. */
    public static class Thrower {
      private final Supplier<? extends Throwable> thrown;

      Thrower(Supplier<? extends Throwable> thrown) {
        this.thrown = thrown;
      }

      public Object getBroken() throws Throwable {
        throw thrown.get();
      }

      public String getSound() {
        return "sound";
      }
    }

    /** Has no end. */
    public static class Endless {
      public Endless getNext() {
        return new Endless();
      }
    }

    /** Is very wide. */
    public static class Wide {
      public List<String> getItems() {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
          items.add("item " + i);
        }
        return items;
      }
    }

    /** Leads back. */
    public static class Node {
      public Node getSelf() {
        return this;
      }
    }

    @Test
    void whose_getters_throw_lose_one_member() {
      for (Throwable thrown :
          List.of(
              new Exception(),
              new StackOverflowError(),
              new OutOfMemoryError("made by hand"),
              new LinkageError(),
              new AssertionError())) {
        assertThat(text(new Thrower(() -> thrown)))
            .contains("\"sound\":\"sound\"", "!getBroken() of ", thrown.getClass().getName());
      }
    }

    @Test
    void that_are_cycles_or_without_end_or_huge_are_cut() {
      assertThat(text(new Node())).contains("!cycle back to ");
      assertThat(text(new Endless())).contains("nested deeper than 32 levels");
      assertThat(text(new Wide())).hasSizeBetween(100_000, 150_000).contains("…[truncated]");
    }
  }

  @Nested
  class With_secrets {

    /** Marked in every place. */
    public static class Person {
      @Sensitive private final String mail = "on the field";

      @JsonProperty("phone")
      @Sensitive
      private final String number = "on the renamed field";

      @Sensitive private final boolean isMember = true;

      public String getMail() {
        return mail;
      }

      public String getNumber() {
        return number;
      }

      public boolean isMember() {
        return isMember;
      }

      @Sensitive
      public String getName() {
        return "on the getter";
      }

      public String getPassword() {
        return "by name";
      }

      public String getNote() {
        return "shown";
      }
    }

    @Test
    void are_masked_by_mark_by_name_and_by_pointer() {
      assertThat(text(new Person(), Redactor.builder().pointer("/note").build()))
          .contains("\"mail\":\"[REDACTED]\"", "\"phone\":\"[REDACTED]\"")
          .contains("\"name\":\"[REDACTED]\"", "\"password\":\"[REDACTED]\"")
          .contains("\"member\":\"[REDACTED]\"", "\"note\":\"[REDACTED]\"")
          .doesNotContain("on the", "by name");
    }

    @Test
    void are_shown_where_nothing_is_masked() {
      assertThat(text(new Person())).contains("on the field", "on the getter", "by name");
    }
  }

  @Nested
  class With_annotations_of_jackson {

    /** Says how values look. */
    public static class Annotated {
      @JsonIgnore
      public String getHidden() {
        return "hidden";
      }

      @JsonProperty("called")
      public String getName() {
        return "ada";
      }

      @JsonSerialize(using = Stars.class)
      public String getCard() {
        return "4111";
      }

      @JsonFormat(shape = JsonFormat.Shape.STRING)
      public int getYear() {
        return 1970;
      }

      @JsonInclude(JsonInclude.Include.NON_NULL)
      public @Nullable String getAbsent() {
        return null;
      }

      @JsonUnwrapped
      public Inner getInner() {
        return new Inner();
      }
    }

    /** Unwrapped. */
    public static class Inner {
      public String getPassword() {
        return "hunter2";
      }
    }

    static final class Stars extends JsonSerializer<String> {
      @Override
      public void serialize(String value, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        out.writeString("*".repeat(value.length()));
      }
    }

    /** Is written as a text. */
    public static class Code {
      @JsonValue
      public String getText() {
        return "c-1";
      }
    }

    /** Has members of which nobody knows. */
    public static class Open {
      public int getX() {
        return 1;
      }

      @JsonAnyGetter
      public Map<String, Object> any() {
        return Map.of("password", "hunter2");
      }
    }

    /** Says by a filter what is shown. */
    @JsonFilter("nobody-knows-it")
    public static class Filtered {
      public String getSecret() {
        return "not to be seen";
      }
    }

    @Test
    void are_obeyed() {
      assertThat(text(new Annotated(), Redactor.defaults()))
          .contains("\"called\":\"ada\"", "\"card\":\"****\"", "\"year\":\"1970\"")
          .contains("\"inner\":{\"password\":\"[REDACTED]\"}")
          .doesNotContain("hidden", "absent", "hunter2");
    }

    @Test
    void have_a_class_written_as_a_whole_and_masked_all_the_same() {
      assertThat(text(new Code())).isEqualTo("\"c-1\"");
      assertThat(text(new Open(), Redactor.defaults()))
          .contains("\"x\":1", "\"password\":\"[REDACTED]\"");
      assertThat(text(new Filtered())).doesNotContain("not to be seen");
    }
  }

  @Test
  void are_their_text_where_databind_is_missing() throws Exception {
    try (WithoutDatabind loader = new WithoutDatabind()) {
      Class<?> writer = loader.loadClass(JsonWriter.class.getName());
      Object order = loader.loadClass(Order.class.getName()).getConstructor().newInstance();
      Object made = writer.getConstructor().newInstance();
      writer.getMethod("value", Object.class).invoke(made, order);
      byte[] json = (byte[]) writer.getMethod("toByteArray").invoke(made);
      assertThat(new String(json, StandardCharsets.UTF_8))
          .startsWith("\"" + Order.class.getName() + "@");
    }
  }

  /** What is needed, loaded anew, and no databind. */
  private static final class WithoutDatabind extends URLClassLoader {

    WithoutDatabind() {
      super(
          new URL[] {
            place(JsonWriter.class), place(JsonWriterBeansTest.class), place(JsonGenerator.class)
          },
          ClassLoader.getPlatformClassLoader());
    }

    private static URL place(Class<?> type) {
      return type.getProtectionDomain().getCodeSource().getLocation();
    }
  }
}
