// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.Timing;
import dev.powertools.tenancy.spi.TenantDirectory;
import dev.powertools.tenancy.spi.TenantStatus;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedDirectoryTest {

  private final AtomicLong seconds = new AtomicLong(1_000);
  private final AtomicInteger asked = new AtomicInteger();
  private boolean fails;

  private final Timing clock =
      (Timing)
          Proxy.newProxyInstance(
              Timing.class.getClassLoader(),
              new Class<?>[] {Timing.class},
              (proxy, method, arguments) -> Instant.ofEpochSecond(seconds.get()));

  private final TenantDirectory directory =
      TenantDirectory.cached(
          tenant -> {
            asked.incrementAndGet();
            if (fails) {
              throw new IllegalStateException("unreachable");
            }
            return tenant.value().equals("acme") ? TenantStatus.ACTIVE : TenantStatus.UNKNOWN;
          },
          clock);

  private TenantStatus status(String tenant) {
    return directory.status(TenantId.of(tenant));
  }

  @Test
  void an_answer_is_good_for_a_minute() {
    assertThat(status("acme")).isEqualTo(TenantStatus.ACTIVE);
    seconds.addAndGet(59);
    assertThat(status("acme")).isEqualTo(TenantStatus.ACTIVE);
    assertThat(asked).hasValue(1);
    seconds.addAndGet(1);
    assertThat(status("acme")).isEqualTo(TenantStatus.ACTIVE);
    assertThat(asked).hasValue(2);
  }

  @Test
  void while_the_directory_fails_it_is_good_for_five_minutes_and_not_longer() {
    assertThat(status("acme")).isEqualTo(TenantStatus.ACTIVE);
    fails = true;
    seconds.addAndGet(299);
    assertThat(status("acme")).isEqualTo(TenantStatus.ACTIVE);
    assertThatThrownBy(() -> status("globex")).isInstanceOf(IllegalStateException.class);
    seconds.addAndGet(1);
    assertThatThrownBy(() -> status("acme")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_clock_that_was_set_back_makes_nothing_young() {
    assertThat(status("acme")).isEqualTo(TenantStatus.ACTIVE);
    fails = true;
    seconds.addAndGet(-1);
    assertThatThrownBy(() -> status("acme")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_million_made_up_tenants_take_no_more_room_than_ten_thousand() {
    assertThat(status("acme")).isEqualTo(TenantStatus.ACTIVE);
    for (int i = 0; i < 10_000; i++) {
      status("t" + i);
    }
    int before = asked.get();
    status("t9999");
    assertThat(asked).hasValue(before);
    status("acme");
    assertThat(asked).hasValue(before + 1);
  }
}
