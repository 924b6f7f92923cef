// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.powertools.core.Disposition;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Sneaky;
import dev.powertools.tenancy.spi.TenantDirectory;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the code of others throws while a tenant is decided. */
class FailingSourcesTest {

  private static List<Throwable> failures() {
    return List.of(
        new IllegalStateException("globex"),
        new NoClassDefFoundError("globex"),
        new ExceptionInInitializerError("globex"),
        new StackOverflowError("globex"),
        new AssertionError("globex"),
        new IOException("globex"));
  }

  private static TenantSource failing(Throwable failure) {
    return TenantSource.of(
        "a source",
        Trust.VERIFIED,
        work -> {
          throw Sneaky.rethrow(failure);
        });
  }

  private static TenantDirectory unreachable(Throwable failure) {
    return tenant -> {
      throw Sneaky.rethrow(failure);
    };
  }

  private static void assertUnavailable(Work work, TenantSource source) {
    AtomicBoolean ran = new AtomicBoolean();
    Throwable seen =
        catchThrowable(
            () ->
                work.inside(
                    () ->
                        Tenancy.of(source)
                            .call(
                                null,
                                null,
                                () -> {
                                  ran.set(true);
                                  return "";
                                })));

    assertThat(ran).isFalse();
    assertThat(seen).isInstanceOf(TenantUnavailableException.class);
    assertThat(((TenantUnavailableException) seen).disposition())
        .isEqualTo(Disposition.RETRY_LATER);
    StringWriter trace = new StringWriter();
    seen.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("globex");
    assertThat(work.denied().rule()).isEqualTo("unavailable");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void in_a_source_lets_nobody_work_and_its_message_goes_nowhere(Throwable failure) {
    assertUnavailable(Work.plain(), failing(failure));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void in_the_directory_lets_nobody_work_and_its_message_goes_nowhere(Throwable failure) {
    Work work =
        Work.of(FunctionRuntime.builder().part(TenantDirectory.class, unreachable(failure)));

    assertUnavailable(work, Work.says(Trust.VERIFIED, "acme"));
  }

  @Test
  void leaves_the_end_of_the_machine_to_the_machine() {
    OutOfMemoryError end = new OutOfMemoryError();

    assertThatThrownBy(() -> Work.plain().tenant(Tenancy.of(failing(end)), null)).isSameAs(end);
  }
}
