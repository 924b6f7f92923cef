// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.KeyScope;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.InvalidTenantException;
import dev.powertools.tenancy.NoTenantException;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.source.TenantSources;
import java.io.File;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/**
 * Many invocations at once for tenants in turn; {@code -Dtenant.rounds=10000} for all of them,
 * {@code -Dtenant.seed} for the same order again.
 */
class TenantScopeStressTest {

  private static final int THREADS = 64;
  private static final int ROUNDS = Integer.getInteger("tenant.rounds", 500);
  private static final long SEED =
      Long.getLong("tenant.seed", ThreadLocalRandom.current().nextLong());
  private static final List<String> NAMES = List.of("acme", "globex", "initech", "acme2");

  private final Tenancy tenancy = Tenancy.of(TenantSources.jwt("t"));
  private final FunctionRuntime runtime =
      FunctionRuntime.builder().config(Config.of(Map.of())).build();

  private static byte[] event(String tenant) {
    return ("{\"version\":\"2.0\",\"requestContext\":{\"authorizer\":{\"jwt\":{\"claims\":{\"t\":\""
            + tenant
            + "\"}}}}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A thread for each task: a virtual one on a JDK that has them. */
  private static Executor freshThreads() {
    try {
      return (Executor)
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class))
              .invoke();
    } catch (Throwable tooOld) {
      return task -> new Thread(task).start();
    }
  }

  @Test
  void sixty_four_threads_never_see_another_tenant() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    ExecutorService shared = Executors.newFixedThreadPool(4);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Integer>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(SEED + thread);
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  return mismatches(random, shared);
                }));
      }
      start.countDown();
      int mismatches = 0;
      for (Future<Integer> each : all) {
        mismatches += each.get();
      }
      assertThat(mismatches).as("seed %d", SEED).isZero();
      assertNothingIsLeft(pool);
      assertNothingIsLeft(shared);
    } finally {
      pool.shutdownNow();
      shared.shutdownNow();
    }
  }

  private int mismatches(Random random, Executor shared) {
    int mismatches = 0;
    try (Scope.Attached ignored = Scope.of(runtime).attach()) {
      for (int round = 0; round < ROUNDS; round++) {
        String tenant = NAMES.get(random.nextInt(NAMES.size()));
        boolean hop = random.nextInt(16) == 0;
        mismatches +=
            tenancy.call(
                event(tenant),
                null,
                () -> seesOnly(tenant) && (!hop || hops(tenant, shared)) ? 0 : 1);
      }
    }
    return mismatches;
  }

  private static boolean seesOnly(String tenant) {
    MDC.put("tenant", tenant);
    boolean own =
        Tenants.current().id().value().equals(tenant)
            && tenant.equals(KeyScope.current().get("tenant_id"))
            && tenant.equals(MDC.get("tenant"));
    MDC.remove("tenant");
    return own;
  }

  private static boolean hops(String tenant, Executor shared) {
    Supplier<Boolean> ask = () -> seesOnly(tenant);
    Supplier<Boolean> none = () -> isNone();
    return CompletableFuture.supplyAsync(Tenants.wrap(ask), shared).join()
        && CompletableFuture.supplyAsync(ask, Tenants.executor(freshThreads())).join()
        && CompletableFuture.supplyAsync(none, shared).join()
        && CompletableFuture.supplyAsync(none, freshThreads()).join();
  }

  private static boolean isNone() {
    try {
      Tenants.current();
      return false;
    } catch (NoTenantException e) {
      return true;
    }
  }

  private static void assertNothingIsLeft(ExecutorService pool) throws Exception {
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(pool.submit(() -> isNone() && Scope.current() == null && MDC.get("tenant") == null));
    }
    for (Future<Boolean> each : all) {
      assertThat(each.get()).isTrue();
    }
  }

  @Test
  void a_parallel_stream_of_ten_thousand_is_of_this_tenant_or_of_none() {
    List<String> seen;
    try (Scope.Attached ignored = Scope.of(runtime).attach()) {
      seen =
          tenancy.call(
              event("acme"),
              null,
              () ->
                  IntStream.range(0, 10_000)
                      .parallel()
                      .mapToObj(i -> isNone() ? "none" : Tenants.current().id().value())
                      .distinct()
                      .toList());
    }
    assertThat(seen).isSubsetOf("acme", "none");
  }

  /** Runs in a JVM whose language is Turkish, where I has two lower cases. */
  public static final class Turkish {
    private Turkish() {}

    public static void main(String[] args) {
      for (String id : List.of("İ", "ı", "ACME", "INITECH", "Initech", "ınıtech")) {
        try {
          TenantId.of(id);
          throw new AssertionError("let in: " + id);
        } catch (InvalidTenantException e) {
          // as anywhere
        }
      }
      TenantScopeStressTest test = new TenantScopeStressTest();
      String tenant =
          test.tenancy.call(event("initech"), null, () -> Tenants.current().id().value());
      System.out.print(Locale.getDefault().getLanguage() + " " + tenant);
    }
  }

  @Test
  void ids_are_the_same_in_turkish() throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Duser.language=tr",
                "-cp",
                System.getProperty("java.class.path"),
                Turkish.class.getName())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(out).endsWith("tr initech");
  }
}
