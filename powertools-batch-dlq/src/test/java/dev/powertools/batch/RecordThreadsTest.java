// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a thread of records has from the one that asked for it: often another record's. */
class RecordThreadsTest {

  private static final InheritableThreadLocal<@Nullable String> TENANT =
      new InheritableThreadLocal<>();

  private static <T extends @Nullable Object> T onAThread(int max, Supplier<T> work) {
    return CompletableFuture.supplyAsync(
            work, RecordThreads.of(Fixtures.runtime(FakeDeadLetters.accepting()).build(), max))
        .join();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void inheritable_locals_stay_behind(int max) {
    TENANT.set("acme");
    try {
      assertThat(onAThread(max, TENANT::get)).isNull();
    } finally {
      TENANT.remove();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void the_class_loader_goes_along(int max) throws Exception {
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    try (URLClassLoader functions = new URLClassLoader(new URL[0], before)) {
      current.setContextClassLoader(functions);

      assertThat(onAThread(max, () -> Thread.currentThread().getContextClassLoader()))
          .isSameAs(functions);
    } finally {
      current.setContextClassLoader(before);
    }
  }

  @Test
  void none_keeps_the_process_alive() {
    assertThat(onAThread(1, () -> Thread.currentThread().isDaemon())).isTrue();
    assertThat(onAThread(4, () -> Thread.currentThread().isDaemon())).isTrue();
  }
}
