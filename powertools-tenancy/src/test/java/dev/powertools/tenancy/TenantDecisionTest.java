// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.Disposition;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.KeyScope;
import dev.powertools.core.MissingScopeException;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.source.TenantSources;
import dev.powertools.tenancy.spi.TenantDirectory;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.TenantStatus;
import dev.powertools.tenancy.spi.Trust;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TenantDecisionTest {

  private static final TenantSource ACME = Work.says(Trust.VERIFIED, "acme");
  private static final TenantSource SILENT = Work.says(Trust.VERIFIED, null);

  private static Tenancy of(TenantSource... sources) {
    Tenancy.Builder builder = Tenancy.builder();
    for (TenantSource source : sources) {
      builder.source(source);
    }
    return builder.build();
  }

  private static TenantDeniedException denial(Work work, Tenancy tenancy) {
    AtomicBoolean ran = new AtomicBoolean();
    TenantDeniedException e =
        catchThrowableOfType(
            TenantDeniedException.class,
            () ->
                work.inside(
                    () ->
                        tenancy.call(
                            null,
                            null,
                            () -> {
                              ran.set(true);
                              return "";
                            })));
    assertThat(e).isNotNull();
    assertThat(ran).isFalse();
    return e;
  }

  @Nested
  class All_sources_that_say_something {

    @Test
    void agree() {
      Tenancy tenancy =
          of(Work.says(Trust.CLIENT, "acme"), SILENT, ACME, Work.says(Trust.INFRA, "acme"));

      assertThat(Work.plain().tenant(tenancy, null)).isEqualTo("acme");
    }

    @Test
    void or_nothing_runs_in_any_order() {
      for (Trust trust : Trust.values()) {
        TenantSource other = Work.says(trust, "globex");
        assertThat(denial(Work.plain(), of(ACME, other)).rule()).isEqualTo("mismatch");
        assertThat(denial(Work.plain(), of(other, ACME)).rule()).isEqualTo("mismatch");
      }
    }

    @Test
    void are_compared_byte_by_byte() {
      assertThat(denial(Work.plain(), of(ACME, Work.says(Trust.CLIENT, "ACME"))).rule())
          .isEqualTo("grammar");
      assertThat(denial(Work.plain(), of(ACME, Work.says(Trust.CLIENT, "acme2"))).rule())
          .isEqualTo("mismatch");
    }
  }

  @Nested
  class A_client {

    @Test
    void never_decides() {
      TenantDeniedException e = denial(Work.plain(), of(SILENT, Work.says(Trust.CLIENT, "acme")));

      assertThat(e).isInstanceOf(TenantNotProvedException.class);
      assertThat(e.httpProblem()).hasValueSatisfying(p -> assertThat(p.status()).isEqualTo(401));
    }

    @Test
    void alone_is_no_configuration() {
      assertThatThrownBy(() -> Work.plain().tenant(of(Work.says(Trust.CLIENT, "acme")), null))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("only confirm");
      assertThatThrownBy(() -> Work.plain().tenant(of(), null))
          .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void of_two_kinds_of_authorizers_only_one_is_right() {
      assertThatThrownBy(
              () ->
                  Work.plain()
                      .tenant(of(TenantSources.jwt("c"), TenantSources.authorizer("t")), null))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("@FromJwt and @FromAuthorizer");
    }
  }

  @Nested
  class The_tenant_of_lambda {

    private String with(Tenancy tenancy, @Nullable String lambda) {
      return Work.plain().tenant(tenancy, null, Work.lambdaTenant(lambda));
    }

    @Test
    void must_not_contradict() {
      assertThat(with(of(ACME), "acme")).isEqualTo("acme");
      assertThat(with(of(ACME), null)).isEqualTo("acme");
      assertThat(with(of(ACME), "")).isEqualTo("acme");
      assertThatThrownBy(() -> with(of(ACME), "globex")).isInstanceOf(TenantDeniedException.class);
      assertThatThrownBy(() -> with(of(ACME), " ")).isInstanceOf(InvalidTenantException.class);
    }

    @Test
    void decides_only_where_that_is_said() {
      assertThatThrownBy(() -> with(of(SILENT), "acme"))
          .isInstanceOf(TenantNotProvedException.class);
      assertThat(with(Tenancy.builder().trustLambdaTenantId().build(), "acme")).isEqualTo("acme");
      assertThatThrownBy(() -> with(Tenancy.builder().trustLambdaTenantId().build(), ""))
          .isInstanceOf(TenantNotProvedException.class);
    }

    @Test
    void is_the_only_one_of_its_environment() {
      Work work = Work.plain();
      Tenancy tenancy = Tenancy.builder().trustLambdaTenantId().build();

      assertThat(work.tenant(tenancy, null, Work.lambdaTenant("acme"))).isEqualTo("acme");
      for (String next : List.of("globex", "acme")) {
        assertThatThrownBy(() -> work.tenant(tenancy, null, Work.lambdaTenant(next)))
            .isInstanceOfSatisfying(
                TenantDeniedException.class, e -> assertThat(e.rule()).isEqualTo("platform"));
      }
    }
  }

  @Nested
  class A_directory {

    private Work with(TenantDirectory directory) {
      return Work.of(
          FunctionRuntime.builder()
              .config(Config.of(Map.of()))
              .part(TenantDirectory.class, directory));
    }

    @Test
    void lets_active_tenants_work() {
      assertThat(with(tenant -> TenantStatus.ACTIVE).tenant(of(ACME), null)).isEqualTo("acme");
    }

    @Test
    void keeps_the_others_out() {
      assertThat(denial(with(tenant -> TenantStatus.SUSPENDED), of(ACME)).rule())
          .isEqualTo("suspended");
      assertThat(denial(with(tenant -> TenantStatus.UNKNOWN), of(ACME)).rule())
          .isEqualTo("unknown");
    }

    @Test
    @SuppressWarnings("NullAway") // a bad directory
    void that_fails_lets_nobody_work_and_says_to_come_again() {
      for (TenantDirectory broken :
          List.<TenantDirectory>of(
              tenant -> {
                throw new IllegalStateException("no row for " + tenant);
              },
              tenant -> null)) {
        TenantDeniedException e = denial(with(broken), of(ACME));

        assertThat(e).isInstanceOf(TenantUnavailableException.class);
        assertThat(e.disposition()).isEqualTo(Disposition.RETRY_LATER);
        assertThat(stackTrace(e)).doesNotContain("no row for");
      }
    }
  }

  private static String stackTrace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Nested
  class A_refusal {

    private static final String CANARY = "globex-canary-7141";

    @Test
    void never_tells_the_id_that_was_refused() {
      Work work = Work.plain();
      TenantSource thrower =
          TenantSource.of(
              "thrower",
              Trust.VERIFIED,
              w -> {
                throw new IllegalStateException(CANARY, new RuntimeException(CANARY));
              });
      for (Tenancy tenancy :
          List.of(
              of(ACME, Work.says(Trust.CLIENT, CANARY)),
              of(ACME, Work.says(Trust.VERIFIED, CANARY)),
              of(SILENT, Work.says(Trust.CLIENT, CANARY)),
              of(Work.says(Trust.VERIFIED, CANARY + "/")),
              of(thrower))) {
        StringBuilder all = new StringBuilder();
        List<String> lines =
            Work.logged(
                () -> {
                  TenantDeniedException e = denial(work, tenancy);
                  all.append(stackTrace(e)).append(e.httpProblem());
                });
        all.append(lines).append(work.signals());
        assertThat(all.toString()).doesNotContain("canary").contains("tenant_denied");
      }
    }

    @Test
    void names_rule_and_source_and_a_hash_that_tells_two_ids_apart() {
      Work work = Work.plain();

      denial(work, of(ACME, Work.says(Trust.CLIENT, "globex")));
      TenantDenied first = work.denied();
      denial(work, of(ACME, Work.says(Trust.CLIENT, "globex")));
      assertThat(work.denied()).isEqualTo(first);
      denial(work, of(ACME, Work.says(Trust.CLIENT, "initech")));

      assertThat(work.denied().foreign()).isNotEqualTo(first.foreign()).hasSize(16);
      assertThat(first.name()).isEqualTo("tenancy.denied");
      assertThat(first.fields())
          .containsEntry("rule", "mismatch")
          .containsEntry("source", "a CLIENT source");
    }

    @Test
    void is_hashed_under_a_key_of_its_own_environment_or_of_the_variable() {
      Config config = Config.of(Map.of("POWERTOOLS_TENANCY_HASH_KEY", "k"));
      Work one = Work.of(FunctionRuntime.builder().config(config));
      Work other = Work.of(FunctionRuntime.builder().config(config));
      Work random = Work.plain();
      for (Work work : List.of(one, other, random)) {
        denial(work, of(ACME, Work.says(Trust.CLIENT, "globex")));
      }

      assertThat(one.denied().foreign()).isEqualTo(other.denied().foreign());
      assertThat(random.denied().foreign()).isNotEqualTo(one.denied().foreign());
    }

    @Test
    void of_a_source_that_fails_is_for_now_and_of_one_that_denies_for_good() {
      TenantSource broken =
          TenantSource.of(
              "broken",
              Trust.CLIENT,
              w -> {
                throw new IllegalStateException();
              });
      TenantSource denying =
          TenantSource.of(
              "denying",
              Trust.CLIENT,
              w -> {
                throw new TenantDeniedException("no");
              });

      assertThat(denial(Work.plain(), of(ACME, broken)).disposition())
          .isEqualTo(Disposition.RETRY_LATER);
      assertThat(denial(Work.plain(), of(ACME, denying)).disposition())
          .isEqualTo(Disposition.DEAD_LETTER);
    }
  }

  @Nested
  class Keys {

    @Test
    void hold_the_tenant_wherever_anything_is_isolated() {
      Work work = Work.plain();
      work.inside(
          () ->
              of(ACME)
                  .call(
                      null,
                      null,
                      () -> assertThat(KeyScope.current()).containsEntry("tenant_id", "acme")));
    }

    @Test
    void are_refused_without_a_tenant_from_then_on_also_outside_of_any_invocation() {
      Work work = Work.plain();
      work.inside(KeyScope::current);
      work.tenant(of(ACME), null);

      assertThatThrownBy(() -> work.inside(KeyScope::current))
          .isInstanceOf(MissingScopeException.class);
      assertThatThrownBy(() -> work.invocation(null, KeyScope::current))
          .isInstanceOf(MissingScopeException.class);
      assertThat(work.runtime().toBuilder().build().requiredKeys()).contains(Tenants.TENANT_ID);
    }

    @Test
    void are_the_systems_where_that_is_said() {
      Work work = Work.plain();
      work.tenant(of(ACME), null);
      List<String> lines =
          Work.logged(
              () ->
                  work.inside(
                      () ->
                          Tenants.asSystem(
                              "nightly-billing",
                              () ->
                                  assertThat(KeyScope.current())
                                      .containsEntry("tenant_id", Tenants.SYSTEM))));

      assertThat(lines).singleElement().asString().contains("tenant_system", "nightly-billing");
      assertThat(Scope.current()).isNull();
    }
  }
}
