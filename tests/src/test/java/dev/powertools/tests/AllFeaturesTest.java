// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.testing.DeadLettered;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.LogLine;
import dev.powertools.testing.RecordedSpan;
import dev.powertools.testing.Spans;
import dev.powertools.testing.SqsTestQueue;
import dev.powertools.testing.TestStore;
import dev.powertools.tests.Shipments.NotForSale;
import dev.powertools.tests.Shipments.Order;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One function with every module on its record method, and what a mixed batch comes to in each of
 * them: lines, spans, claims and dead letters.
 */
@FunctionTest
class AllFeaturesTest {

  private static final Duration VISIBILITY = Duration.ofMinutes(3);

  private final Shipments shipments = new Shipments();

  private SqsTestQueue queue(Functions functions, Class<?> handler) {
    return functions
        .timeout(Duration.ofSeconds(30))
        .with(Shipments.class, shipments)
        .sqs("orders", handler)
        .visibility(VISIBILITY)
        .maxReceives(2)
        .start();
  }

  private static Set<String> idsOf(List<StoredRecord> records) {
    Set<String> ids = new TreeSet<>();
    records.forEach(each -> ids.add(each.id()));
    return ids;
  }

  private static Map<String, DeadLettered> byOrder(SqsTestQueue queue) {
    Map<String, DeadLettered> byOrder = new TreeMap<>();
    for (DeadLettered letter : queue.deadLetters()) {
      byOrder.put(letter.body().replaceAll(".*\"orderId\":\"([^\"]*)\".*", "$1"), letter);
    }
    return byOrder;
  }

  private static List<LogLine> linesOf(FunctionLogs logs, String order) {
    return logs.lines().withMessage("ships " + order);
  }

  private static List<RecordedSpan> spansOf(Spans spans, String order) {
    return spans.all().stream()
        .filter(span -> span.attribute("order.id").filter(order::equals).isPresent())
        .toList();
  }

  @Nested
  class Without_tenants {

    @ParameterizedTest
    @ValueSource(classes = {BaseClassShipments.class, WovenShipments.class})
    void a_mixed_batch_comes_to_what_each_feature_promises(
        Class<?> door, Functions functions, FunctionLogs logs, Spans spans, TestStore store) {
      SqsTestQueue orders = queue(functions, door);
      List<String> ids =
          orders.send(
              new Order("good", "ok"),
              new Order("shaky", "flaky"),
              new Order("empty", "none"),
              new Order("patient", "later"),
              new Order("dead", "never"),
              new Order("broken", "down"),
              "not JSON",
              new Order("good", "ok"));
      orders.drain();

      // batch and retry
      orders.assertNothingLost();
      assertThat(orders.source()).isEmpty();
      assertThat(shipments.shipped()).containsExactlyInAnyOrder("good", "shaky", "patient");
      assertThat(attempts("good", "shaky", "empty", "patient", "dead", "broken"))
          .as("attempts over all deliveries")
          .containsExactly(1, 2, 1, 2, 1, 6);
      // dead letters
      Map<String, DeadLettered> dead = byOrder(orders);
      assertThat(dead).containsOnlyKeys("dead", "broken", "not JSON");
      requireNote(dead.get("dead"), "PERMANENT", NotForSale.class, 1, ids.get(4));
      requireNote(dead.get("broken"), "EXHAUSTED", IOException.class, 3, ids.get(5));
      assertThat(dead.get("not JSON").failure().reason()).isEqualTo("UNDECODABLE");
      assertThat(dead.get("dead").failure().message()).doesNotContain("hunter2");
      // idempotency
      assertThat(store.records()).as("what is completed is kept, all else released").hasSize(4);
      // logging
      assertThat(linesOf(logs, "broken"))
          .hasSize(6)
          .extracting(line -> line.field("correlation_id").orElse("none"))
          .containsOnly(ids.get(5));
      assertThat(linesOf(logs, "shaky"))
          .extracting(line -> line.field("attempt").orElse("first"))
          .containsExactly("first", "2");
      // tracing
      assertThat(spans.open()).isZero();
      assertThat(spansOf(spans, "broken")).hasSize(2).allMatch(RecordedSpan::failed);
      assertThat(spansOf(spans, "shaky")).singleElement().matches(span -> !span.failed());
      assertThat(spansOf(spans, "shaky").get(0).spanId())
          .isEqualTo(linesOf(logs, "shaky").get(1).field("span_id").orElse(""));
      assertThat(spans.roots()).allMatch(span -> span.kind().equals("CONSUMER"));
    }

    private List<Integer> attempts(String... orders) {
      return List.of(orders).stream()
          .map(order -> Collections.frequency(shipments.tried(), order))
          .toList();
    }

    private void requireNote(
        DeadLettered letter, String reason, Class<?> exception, int attempts, String messageId) {
      DeadLettered.Failure note = letter.failure();
      assertThat(note.reason()).isEqualTo(reason);
      assertThat(note.exception()).isEqualTo(exception.getName());
      assertThat(note.attempts()).isEqualTo(attempts);
      assertThat(note.receives()).isEqualTo(reason.equals("EXHAUSTED") ? 2 : 1);
      assertThat(note.redrives()).isZero();
      assertThat(note.correlationId()).isEqualTo(messageId);
      assertThat(note.tenant()).isEmpty();
      assertThat(note.frames()).hasSize(3).first().asString().startsWith(Shipments.class.getName());
    }
  }

  @Nested
  class With_tenants {

    @ParameterizedTest
    @ValueSource(classes = {BaseClassTenantShipments.class, WovenTenantShipments.class})
    void a_mixed_batch_of_two_tenants_comes_to_the_same_for_each_by_itself(
        Class<?> door, Functions functions, FunctionLogs logs, Spans spans, TestStore store) {
      SqsTestQueue orders = queue(functions, door);
      for (String tenant : List.of("acme", "globex")) {
        orders.sendAs(tenant, new Order("same", "ok"));
        orders.sendAs(tenant, new Order("same", "ok"));
        orders.sendAs(tenant, new Order(tenant + "-shaky", "flaky"));
        orders.sendAs(tenant, new Order(tenant + "-dead", "never"));
        orders.sendAs(tenant, new Order(tenant + "-broken", "down"));
      }
      orders.send(new Order("nobodys", "ok"));
      orders.drain();

      orders.assertNothingLost();
      assertThat(orders.source()).isEmpty();
      assertThat(shipments.shipped())
          .containsExactlyInAnyOrder("same", "same", "acme-shaky", "globex-shaky");
      // dead letters
      Map<String, DeadLettered> dead = byOrder(orders);
      assertThat(dead)
          .containsOnlyKeys("acme-dead", "acme-broken", "globex-dead", "globex-broken", "nobodys");
      dead.forEach(
          (order, letter) -> {
            String tenant = order.equals("nobodys") ? "" : order.substring(0, order.indexOf('-'));
            assertThat(letter.failure().tenant()).isEqualTo(tenant);
          });
      assertThat(Objects.requireNonNull(dead.get("acme-broken")).failure().attempts()).isEqualTo(3);
      // idempotency
      assertThat(idsOf(store.records())).as("one of each tenant for each of two").hasSize(4);
      // logging
      assertThat(linesOf(logs, "same"))
          .extracting(line -> line.field("tenant_id").orElse("none"))
          .containsExactlyInAnyOrder("acme", "globex");
      assertThat(linesOf(logs, "globex-broken"))
          .hasSize(6)
          .extracting(line -> line.field("tenant_id").orElse("none"))
          .containsOnly("globex");
      assertThat(linesOf(logs, "nobodys")).isEmpty();
      // tracing
      assertThat(spans.open()).isZero();
      assertThat(spansOf(spans, "acme-broken"))
          .hasSize(2)
          .allMatch(RecordedSpan::failed)
          .allSatisfy(span -> assertThat(span.attributes()).containsEntry("tenant_id", "acme"));
    }
  }
}
