// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionInvocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Snapshots, and many invocations of one object. */
@FunctionTest
class LifecycleTest {

  /** Draws a lot, from a bowl that was filled too early. */
  public static class Lottery extends FunctionHandler<String, String> {

    private final Random bowl = new Random();
    private String lastPlayer = "";

    @Override
    protected String handle(String player, Context context) {
      lastPlayer = player;
      FunctionInvocation invocation = FunctionInvocation.current().orElseThrow();
      return invocation.coldStart() + " " + bowl.nextInt() + lastPlayer;
    }
  }

  @Test
  void a_snapshot_shows_what_every_copy_of_it_has(Functions functions, TestClock clock) {
    TestFunction lottery = functions.function(Lottery.class);

    assertThat(lottery.restore(Duration.ofDays(3)).captured())
        .containsExactly("LifecycleTest.Lottery.bowl: a seeded Random");
    assertThat(clock.now()).isEqualTo(Instant.parse("2026-01-04T00:00:00Z"));
  }

  @Test
  void restored_is_not_cold_to_the_toolkit(Functions functions) {
    TestFunction lottery = functions.function(Lottery.class);

    lottery.restore();
    assertThat(lottery.invoke("ada").text()).contains("false ");
    assertThat(lottery.cold().invoke("ada").text()).contains("true ");
  }

  @Test
  void state_that_invocations_share_is_named(Functions functions) {
    ConcurrentResponses run = functions.function(Lottery.class).concurrently(32, "ada", "grace");

    assertThat(run.responses())
        .hasSize(32)
        .allSatisfy(response -> assertThat(response.error()).isEmpty());
    assertThat(run.sharedWrites()).containsExactly("LifecycleTest.Lottery.lastPlayer");
  }
}
