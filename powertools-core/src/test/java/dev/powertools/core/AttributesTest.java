// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.internal.LiveInvocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AttributesTest {

  private static final AttributeKey<String> TENANT =
      AttributeKey.of("tenant_id", String.class).keyScoping().loggable().writeOnce();
  private static final AttributeKey<Integer> COUNT = AttributeKey.of("count", Integer.class);

  private final LiveInvocation batch = LiveInvocation.under(Fixtures.runtime().build()).open();
  private final LiveInvocation record = batch.child().workId("m-1").open();

  @Test
  void a_record_sees_the_facts_of_its_batch_and_keeps_its_own() {
    batch.attributes().put(COUNT, 1);
    record.attributes().put(COUNT, 2);

    assertThat(record.attributes().get(COUNT)).contains(2);
    assertThat(batch.attributes().get(COUNT)).contains(1);
    assertThat(batch.child().open().attributes().get(COUNT)).contains(1);
  }

  @Test
  void a_second_value_for_a_write_once_key_is_refused_also_where_the_batch_has_the_first() {
    batch.attributes().put(TENANT, "a");
    batch.attributes().put(TENANT, "a");

    assertThatThrownBy(() -> record.attributes().put(TENANT, "b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tenant_id");
    assertThatThrownBy(() -> record.attributes().during(TENANT, "b"))
        .isInstanceOf(IllegalStateException.class);
    batch.attributes().remove(TENANT);
    assertThat(record.attributes().get(TENANT)).contains("a");
  }

  @Test
  void authority_ends_with_its_link_and_what_was_before_comes_back() {
    batch.attributes().put(COUNT, 1);
    try (Attributes.Restore ignored = batch.attributes().during(COUNT, 2)) {
      assertThat(batch.attributes().get(COUNT)).contains(2);
    }
    assertThat(batch.attributes().get(COUNT)).contains(1);
  }

  @Test
  void each_fact_is_visited_once_the_nearest_value_of_it() {
    batch.attributes().put(COUNT, 1);
    batch.attributes().put(TENANT, "a");
    record.attributes().put(COUNT, 2);
    List<String> seen = new ArrayList<>();

    record.attributes().forEach((key, value) -> seen.add(key + "=" + value));

    assertThat(seen).containsExactly("tenant_id=a", "count=2");
  }

  @Test
  void a_second_key_of_the_same_name_that_disagrees_is_refused_wherever_the_first_was_used() {
    AttributeKey<String> plain = AttributeKey.of("tenant_id", String.class);
    batch.attributes().put(TENANT, "acme");

    assertThatThrownBy(() -> batch.attributes().put(plain, "evil"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two keys for the attribute tenant_id");
    assertThatThrownBy(() -> record.attributes().during(plain, "evil"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> record.attributes().remove(plain))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(record.attributes().get(TENANT)).contains("acme");
  }

  @Nested
  class Required_keys {

    private final FunctionRuntime strict = Fixtures.runtime().requireKey(TENANT).build();

    @Test
    void scope_every_key_by_their_value() {
      LiveInvocation invocation = LiveInvocation.under(strict).open();
      invocation.attributes().put(TENANT, "acme");
      invocation.attributes().put(COUNT, 3);

      assertThat(Fixtures.inside(invocation, KeyScope::current))
          .isEqualTo(Map.of("tenant_id", "acme"));
    }

    @Test
    void that_are_absent_refuse_a_key_inside_an_invocation() {
      LiveInvocation invocation = LiveInvocation.under(strict).open();

      Object thrown =
          Fixtures.inside(
              invocation, () -> org.assertj.core.api.Assertions.catchThrowable(KeyScope::current));

      assertThat(thrown)
          .isInstanceOfSatisfying(
              MissingScopeException.class,
              e -> assertThat(e).hasMessageContaining("tenant_id").hasMessageContaining("ad-hoc-"));
    }

    @Test
    void that_are_absent_refuse_a_key_also_where_no_invocation_is_current() {
      Object thrown =
          Fixtures.under(
              strict, () -> org.assertj.core.api.Assertions.catchThrowable(KeyScope::current));

      assertThat(thrown).isInstanceOf(MissingScopeException.class);
    }

    @Test
    void must_be_key_scoping() {
      assertThatThrownBy(() -> Fixtures.runtime().requireKey(COUNT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("keyScoping()");
    }
  }
}
