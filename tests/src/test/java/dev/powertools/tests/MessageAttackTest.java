// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.WorkContext;
import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.TenantSourceFactory;
import dev.powertools.tenancy.spi.Trust;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TenantAttack;
import dev.powertools.testing.TenantAttack.Group;
import dev.powertools.testing.TenantTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Attacks on handlers of a queue that tenants share, which users run on their own. */
@FunctionTest
class MessageAttackTest {

  // region attacks
  @TenantTest(groups = Group.MESSAGING)
  void believes_no_message_that_is_not_signed(TenantAttack attack, Functions functions) {
    attack.against(
        functions.with(TenantJobs.class, new TenantJobs()),
        BaseClassTenantJobs.class,
        secret -> new TenantJobs.Job(secret));
  }

  // endregion

  @Intercepted(by = FromWordFactory.class, phase = Phase.TENANT, side = Side.BESIDE)
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface FromWord {}

  /** Takes the third field of an envelope for true, and whatever calls itself a tenant id. */
  static final class FromWordFactory extends TenantSourceFactory<FromWord> {
    @Override
    public TenantSource source(FromWord annotation, FunctionRuntime runtime) {
      return TenantSource.of(
          "@FromWord", Trust.VERIFIED, work -> work.workContext().flatMap(FromWordFactory::tenant));
    }

    private static Optional<String> tenant(WorkContext message) {
      return message
          .header("pt.tenant")
          .map(envelope -> envelope.split("\\|", -1))
          .filter(fields -> fields.length > 2)
          .map(fields -> fields[2])
          .or(() -> message.header("tenant_id"));
    }
  }

  public static class Gullible extends SqsBatchHandler<TenantJobs.Job> {
    @Override
    @TenantIsolated
    @FromWord
    protected Outcome onRecord(TenantJobs.Job job, RecordContext message) {
      return Outcome.done();
    }
  }

  public static class Unisolated extends SqsBatchHandler<TenantJobs.Job> {
    @Override
    protected Outcome onRecord(TenantJobs.Job job, RecordContext message) {
      return Outcome.done();
    }
  }

  private static List<TenantAttack> attacks() {
    return TenantAttack.all("acme", "globex").stream()
        .filter(attack -> attack.group() == Group.MESSAGING)
        .toList();
  }

  private static List<String> gotThrough(Class<?> handler) {
    List<String> names = new ArrayList<>();
    for (TenantAttack attack : attacks()) {
      try (Functions functions = Functions.start()) {
        attack.against(functions, handler, TenantJobs.Job::new);
      } catch (AssertionError e) {
        names.add(attack.toString());
      }
    }
    return names;
  }

  @Test
  void find_a_handler_that_believes_what_a_sender_writes() {
    assertThat(gotThrough(Gullible.class))
        .contains(
            "MESSAGING: the victim's id in attributes, and no envelope",
            "MESSAGING: the victim's id in the attacker's own envelope",
            "MESSAGING: the victim's envelope from another queue",
            "MESSAGING: the victim's envelope of another body",
            "MESSAGING: an envelope under the attacker's own key",
            "MESSAGING: the victim's envelope without its signature",
            "MESSAGING: the victim's envelope with the signature of the attacker's")
        .doesNotContain("MESSAGING: messages of both tenants in one batch");
  }

  @Test
  void find_a_handler_that_is_not_isolated() {
    assertThat(gotThrough(Unisolated.class)).hasSameSizeAs(attacks());
  }
}
