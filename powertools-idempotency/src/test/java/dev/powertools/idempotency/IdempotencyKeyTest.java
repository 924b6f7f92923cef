// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.idempotency.IdempotencyOptions.WhenKeyMissing;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Keys in the fields of beans, and calls without a key. */
class IdempotencyKeyTest {

  private final Function function = new Function();
  private final Methods methods = new Methods();

  static class Document {
    @IdempotencyKey private final @Nullable String number;

    Document(@Nullable String number) {
      this.number = number;
    }

    public @Nullable String getNumber() {
      return number;
    }
  }

  static final class Invoice extends Document {
    private final int cents;

    Invoice(@Nullable String number, int cents) {
      super(number);
      this.cents = cents;
    }

    public int getCents() {
      return cents;
    }
  }

  static final class Sealed {
    @IdempotencyKey final String number = "1";
  }

  static final class TwiceMarked extends Document {
    @IdempotencyKey private final String other = "";

    TwiceMarked() {
      super("1");
    }

    public String getOther() {
      return other;
    }
  }

  static final class Methods {
    private final AtomicInteger bodies = new AtomicInteger();

    @Idempotent(name = "field")
    int field(Document document) {
      return bodies.incrementAndGet();
    }

    @Idempotent(name = "inherited")
    int inherited(Invoice invoice, String note) {
      return bodies.incrementAndGet();
    }

    @Idempotent(name = "no getter")
    int withoutGetter(Sealed document) {
      return bodies.incrementAndGet();
    }

    @Idempotent(name = "twice")
    int twice(TwiceMarked document) {
      return bodies.incrementAndGet();
    }

    @Idempotent(name = "contradiction", key = "/cents")
    int contradiction(Invoice invoice) {
      return bodies.incrementAndGet();
    }

    @Idempotent(name = "anyway", key = "/id", whenKeyMissing = WhenKeyMissing.RUN_UNPROTECTED)
    int anyway(Object event) {
      return bodies.incrementAndGet();
    }
  }

  @Nested
  class A_field_of_a_bean {

    @Test
    void is_the_key_whatever_the_other_fields_are() throws Throwable {
      assertThat(function.call(methods, "inherited", new Invoice("a", 1), "x")).isEqualTo(1);
      assertThat(function.call(methods, "inherited", new Invoice("a", 2), "y")).isEqualTo(1);
      assertThat(function.call(methods, "inherited", new Invoice("b", 1), "x")).isEqualTo(2);
    }

    @Test
    void is_the_key_in_the_declared_class_itself() throws Throwable {
      assertThat(function.call(methods, "field", new Document("a"))).isEqualTo(1);
      assertThat(function.call(methods, "field", new Invoice("a", 2))).isEqualTo(1);
    }

    @Test
    void that_is_null_is_a_missing_key() {
      assertThatThrownBy(() -> function.call(methods, "field", new Document(null)))
          .isInstanceOf(IdempotencyKeyException.class)
          .hasMessageContaining("\"/number\" of argument 0 is missing");
      assertThat(methods.bodies).hasValue(0);
    }

    @Test
    void without_a_getter_is_refused_at_the_start() {
      assertThatThrownBy(() -> function.call(methods, "withoutGetter", new Sealed()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("field number of " + Sealed.class.getName())
          .hasMessageContaining("no public getter");
    }

    @Test
    void is_marked_once_for_the_bean_and_its_superclasses() {
      assertThatThrownBy(() -> function.call(methods, "twice", new TwiceMarked()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("2 @IdempotencyKey marks");
    }

    @Test
    void contradicts_a_pointer() {
      assertThatThrownBy(() -> function.call(methods, "contradiction", new Invoice("a", 1)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("contradict");
    }
  }

  @Nested
  class A_call_without_a_key_that_may_run_unprotected {

    @Test
    void runs_each_time_and_tells_of_it() throws Throwable {
      assertThat(function.call(methods, "anyway", Map.of())).isEqualTo(1);
      assertThat(function.call(methods, "anyway", Map.of("id", ""))).isEqualTo(2);

      assertThat(function.signals)
          .containsExactly("idempotency.key_missing", "idempotency.key_missing");
      assertThat(function.store.writes()).isEmpty();
    }

    @Test
    void is_protected_as_ever_when_it_has_one() throws Throwable {
      assertThat(function.call(methods, "anyway", Map.of("id", "a"))).isEqualTo(1);
      assertThat(function.call(methods, "anyway", Map.of("id", "a"))).isEqualTo(1);
    }

    @Test
    void does_not_run_with_a_key_that_cannot_be_read() {
      byte[] ambiguous = "{\"ID\":1,\"Id\":2}".getBytes(StandardCharsets.UTF_8);

      assertThatThrownBy(() -> function.call(methods, "anyway", (Object) ambiguous))
          .isInstanceOf(IdempotencyKeyException.class)
          .hasMessageContaining("can't be read");
      assertThat(methods.bodies).hasValue(0);
    }

    @Test
    void warns_once_for_each_place_also_by_the_functional_door() throws Throwable {
      Idempotency work =
          Idempotency.of(
              IdempotencyOptions.builder()
                  .name("work")
                  .whenKeyMissing(WhenKeyMissing.RUN_UNPROTECTED)
                  .build());

      try (LogCapture log = LogCapture.begin()) {
        for (String result : new String[] {"x", "y"}) {
          assertThat(function.inside(() -> work.execute(null, String.class, () -> result)))
              .isEqualTo(result);
        }
        assertThat(log.lines())
            .filteredOn(line -> line.contains("without a key"))
            .singleElement()
            .asString()
            .startsWith("WARN")
            .contains("work")
            .contains("whenKeyMissing = RUN_UNPROTECTED");
      }
    }

    @Test
    void has_no_hash_in_its_signal() {
      assertThat(new IdempotencySignal(IdempotencySignal.Kind.KEY_MISSING, "work", "").fields())
          .containsOnlyKeys("idempotency_operation");
    }
  }
}
