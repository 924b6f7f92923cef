// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.InvocationClosedException;
import dev.powertools.tenancy.spi.Trust;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TenantScopeTest {

  private static Tenancy of(String tenant) {
    return Tenancy.of(Work.says(Trust.VERIFIED, tenant));
  }

  private static <T> T as(String tenant, Callable<T> work) {
    return Work.plain().inside(() -> of(tenant).call(null, null, work::call));
  }

  @Nested
  class Outside_of_isolated_work {

    @Test
    void there_is_no_tenant_and_no_default() {
      assertThatThrownBy(Tenants::current)
          .isInstanceOf(NoTenantException.class)
          .hasMessageContaining(Thread.currentThread().getName());
      Work.plain()
          .invocation(
              null,
              () ->
                  assertThatThrownBy(Tenants::current)
                      .isInstanceOf(NoTenantException.class)
                      .hasMessageContaining("@TenantIsolated"));
    }

    @Test
    void authority_is_gone_when_the_call_returns_and_the_fact_when_the_invocation_ends() {
      Work.plain()
          .invocation(
              null,
              () -> {
                TenantContext kept = of("acme").call(null, null, Tenants::current);

                assertThat(kept.isOpen()).isFalse();
                assertThatThrownBy(kept::id).isInstanceOf(NoTenantException.class);
                assertThatThrownBy(Tenants::current).isInstanceOf(NoTenantException.class);
                assertThat(
                        FunctionInvocation.current()
                            .orElseThrow()
                            .attributes()
                            .get(Tenants.TENANT_ID))
                    .contains("acme");
              });
    }

    @Test
    void a_scope_that_was_kept_refuses_to_tell() {
      TenantContext kept = as("acme", Tenants::current);

      assertThatThrownBy(kept::id).isInstanceOf(InvocationClosedException.class);
      assertThat(kept).hasToString("acme");
    }

    @Test
    void it_is_gone_whatever_the_work_threw() {
      for (Throwable thrown :
          List.of(new StackOverflowError(), new AssertionError(), new IllegalStateException())) {
        AtomicReference<@Nullable TenantContext> kept = new AtomicReference<>();
        Throwable seen =
            catchThrowable(
                () ->
                    as(
                        "acme",
                        () -> {
                          kept.set(Tenants.current());
                          return sneaky(thrown);
                        }));

        assertThat(seen).isSameAs(thrown);
        assertThat(kept.get()).matches(scope -> scope != null && !scope.isOpen());
        assertThatThrownBy(Tenants::current).isInstanceOf(NoTenantException.class);
      }
    }

    private String sneaky(Throwable t) throws Exception {
      if (t instanceof Error e) {
        throw e;
      }
      throw (Exception) t;
    }
  }

  @Nested
  class Nested_work {

    @Test
    void of_the_same_tenant_is_let_through_and_ends_alone() {
      as(
          "acme",
          () -> {
            TenantContext outer = Tenants.current();
            TenantContext inner = of("acme").call(null, null, Tenants::current);

            assertThat(inner.isOpen()).isFalse();
            assertThat(outer.id().value()).isEqualTo("acme");
            return assertThat(Tenants.current()).isSameAs(outer);
          });
    }

    @Test
    void of_another_tenant_is_refused_and_leaves_the_outer_one_in_force() {
      as(
          "acme",
          () -> {
            assertThatThrownBy(() -> of("globex").call(null, null, () -> ""))
                .isInstanceOf(TenantSwitchException.class)
                .hasMessageContaining("acme")
                .hasMessageNotContaining("globex");
            return assertThat(Tenants.current().id().value()).isEqualTo("acme");
          });
    }

    @Test
    void of_another_tenant_is_refused_also_after_the_first_has_returned() {
      Work.plain()
          .invocation(
              null,
              () -> {
                of("acme").call(null, null, () -> "");
                assertThatThrownBy(() -> of("globex").call(null, null, () -> ""))
                    .isInstanceOf(TenantSwitchException.class);
              });
    }

    @Test
    void does_not_become_the_systems_nor_the_systems_a_tenants() {
      as(
          "acme",
          () ->
              assertThatThrownBy(() -> Tenants.asSystem("why", () -> ""))
                  .isInstanceOf(TenantSwitchException.class));
      Work.plain()
          .inside(
              () ->
                  Tenants.asSystem(
                      "why",
                      () -> {
                        assertThatThrownBy(Tenants::current).isInstanceOf(NoTenantException.class);
                        return assertThatThrownBy(() -> of("acme").call(null, null, () -> ""))
                            .isInstanceOf(TenantSwitchException.class);
                      }));
    }

    @Test
    void by_another_who_writes_the_fact_himself_is_refused() {
      Work.plain()
          .invocation(
              null,
              () -> {
                FunctionInvocation.current()
                    .orElseThrow()
                    .attributes()
                    .put(Tenants.TENANT_ID, "globex");
                assertThatThrownBy(() -> of("acme").call(null, null, () -> ""))
                    .isInstanceOf(TenantSwitchException.class);
              });
    }
  }

  @Nested
  class Other_threads {

    @Test
    void have_no_tenant_unless_they_are_given_it() throws Exception {
      ExecutorService pool = Executors.newSingleThreadExecutor();
      try {
        as(
            "acme",
            () -> {
              Supplier<String> ask = () -> Tenants.current().id().value();
              assertThatThrownBy(() -> CompletableFuture.supplyAsync(ask, pool).join())
                  .hasRootCauseInstanceOf(NoTenantException.class);
              assertThat(CompletableFuture.supplyAsync(Tenants.wrap(ask), pool).join())
                  .isEqualTo("acme");
              assertThat(CompletableFuture.supplyAsync(ask, Tenants.executor(pool)).join())
                  .isEqualTo("acme");
              return assertThat(pool.submit(Tenants.wrapCallable(ask::get)).get())
                  .isEqualTo("acme");
            });
        assertThatThrownBy(() -> pool.submit(() -> Tenants.current()).get())
            .hasRootCauseInstanceOf(NoTenantException.class);
      } finally {
        pool.shutdownNow();
      }
    }

    @Test
    void that_were_started_inside_inherit_nothing() {
      as(
          "acme",
          () -> {
            AtomicReference<@Nullable Throwable> seen = new AtomicReference<>();
            Thread child = new Thread(() -> seen.set(catchThrowable(Tenants::current)));
            child.start();
            child.join();
            return assertThat(seen.get()).isInstanceOf(NoTenantException.class);
          });
    }

    @Test
    void of_a_parallel_stream_have_this_tenant_or_none() {
      as(
          "acme",
          () ->
              assertThat(
                      IntStream.range(0, 10_000)
                          .parallel()
                          .mapToObj(i -> tenantOrNone())
                          .distinct()
                          .toList())
                  .isSubsetOf("acme", "none"));
    }

    private String tenantOrNone() {
      try {
        return Tenants.current().id().value();
      } catch (NoTenantException e) {
        return "none";
      }
    }

    @Test
    void that_come_too_late_are_refused() {
      Supplier<String> late = as("acme", () -> Tenants.wrap(() -> Tenants.current().id().value()));

      as(
          "globex",
          () -> assertThatThrownBy(late::get).isInstanceOf(InvocationClosedException.class));
    }

    @Test
    void of_one_invocation_each_have_the_scope_of_their_own_call() {
      Work.plain()
          .invocation(
              null,
              () -> {
                CountDownLatch opened = new CountDownLatch(1);
                CountDownLatch asked = new CountDownLatch(1);
                ExecutorService pool = Executors.newSingleThreadExecutor();
                try {
                  of("acme")
                      .call(
                          null,
                          null,
                          () -> {
                            Callable<String> other =
                                () -> {
                                  opened.countDown();
                                  asked.await();
                                  return "";
                                };
                            var done =
                                pool.submit(
                                    Tenants.wrapCallable(
                                        () -> of("acme").call(null, null, other::call)));
                            opened.await();
                            TenantContext mine = Tenants.current();
                            asked.countDown();
                            done.get();

                            return assertThat(mine.id().value()).isEqualTo("acme");
                          });
                } catch (Exception e) {
                  throw new AssertionError(e);
                } finally {
                  asked.countDown();
                  pool.shutdownNow();
                }
              });
    }
  }

  @Nested
  class Work_of_the_system {

    @Test
    void has_no_tenant_either_while_what_is_around_it_has_got_one() {
      Work.plain()
          .invocation(
              null,
              () -> {
                AtomicReference<Callable<TenantContext>> inSystem = new AtomicReference<>();
                Callable<TenantContext> around =
                    Tenants.wrapCallable(
                        () -> of("acme").call(null, null, () -> inSystem.get().call()));

                Tenants.asSystem(
                    "why",
                    () -> {
                      inSystem.set(Tenants.wrapCallable(Tenants::current));
                      return assertThatThrownBy(around::call).isInstanceOf(NoTenantException.class);
                    });
              });
    }
  }
}
