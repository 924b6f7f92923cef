// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.idempotency.MemoryStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import dev.powertools.testing.TestStore.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@FunctionTest
class TestStoreTest {

  private final List<String> charged = new ArrayList<>();

  interface Gateway {
    void charge(String order);
  }

  public static class Charging extends FunctionHandler<Map<String, Object>, String> {
    @Override
    @Idempotent(name = "charge", key = "/id")
    protected String handle(Map<String, Object> order, Context context) {
      FunctionRuntime.current().part(Gateway.class).orElseThrow().charge(order.get("id") + "");
      return "charged";
    }
  }

  private TestFunction charging;

  @BeforeEach
  void make(Functions functions) {
    charging = functions.with(Gateway.class, charged::add).function(Charging.class);
  }

  private TestResponse charge() {
    return charging.invokeJson("{\"id\":\"o-1\"}");
  }

  @Test
  void keeps_counts_and_shows_its_records(TestStore store, Functions functions) {
    charge();
    charge();

    assertThat(store).isSameAs(functions.store());
    assertThat(charged).containsExactly("o-1");
    assertThat(store.calls())
        .containsExactly(Operation.CLAIM, Operation.COMPLETION, Operation.CLAIM);
    assertThat(store.calls(Operation.CLAIM)).isEqualTo(2);
    assertThat(store.records())
        .singleElement()
        .satisfies(record -> assertThat(record.status()).isEqualTo(Status.COMPLETED));
  }

  @Test
  void fails_next_and_changes_nothing(TestStore store) {
    store.failNext();

    assertThat(charge().error())
        .hasValueSatisfying(
            error -> assertThat(error.message()).contains("The test failed the claim"));
    assertThat(charged).isEmpty();
    assertThat(store.records()).isEmpty();
    assertThat(charge().error()).isEmpty();
  }

  @Test
  void fails_the_operation_that_is_named_with_its_exception(TestStore store) {
    store.failNext(Operation.COMPLETION, new IllegalArgumentException("throttled"));

    assertThat(charge().error()).isEmpty(); // the completion is sent again

    assertThat(store.calls())
        .containsExactly(Operation.CLAIM, Operation.COMPLETION, Operation.COMPLETION);
    assertThat(store.records().get(0).status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void loses_the_response_after_the_write(TestStore store) {
    store.loseResponseAfterWrite();

    assertThat(charge().error())
        .hasValueSatisfying(
            error -> assertThat(error.message()).contains("lost the response to the claim"));
    assertThat(charged).isEmpty();
    assertThat(store.records().get(0).status()).isEqualTo(Status.IN_PROGRESS);

    store.loseResponseAfterWrite(Operation.RELEASE);
    assertThat(charge().error())
        .hasValueSatisfying(error -> assertThat(error.type()).endsWith("InProgressException"));
  }

  @Test
  void is_slow_on_the_clock_of_the_test(TestStore store, TestClock clock) {
    store.delay(Duration.ofMillis(700));
    charge();

    assertThat(clock.nanoTime()).isEqualTo(Duration.ofMillis(1400).toNanos());
    assertThatThrownBy(() -> store.delay(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.001S");
  }

  @Test
  void stands_before_a_store_of_ones_own(Functions functions) {
    MemoryStore own = MemoryStore.singleEnvironment();
    TestStore before = TestStore.over(own, functions.clock());
    functions.with(IdempotencyStore.class, before);
    charging = functions.function(Charging.class);
    charge();

    assertThat(functions.store()).isSameAs(before);
    assertThat(own.records()).hasSize(1);
    assertThat(before.toString()).isEqualTo("TestStore over MemoryStore of 1 records");
  }

  @Test
  void reaches_its_points(Functions functions) {
    List<String> points = new ArrayList<>();
    functions
        .with(dev.powertools.local.PointListener.class, points::add)
        .with(
            Gateway.class,
            order -> {
              throw new IllegalStateException("no money");
            });
    charging = functions.function(Charging.class);
    charge();

    assertThat(points)
        .containsExactly("before claim", "after claim", "before release", "after release");
  }
}
