// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.local.aws.Aws;
import dev.powertools.local.aws.AwsAnswer;
import dev.powertools.testing.Canary;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.Leaks;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

@FunctionTest
@Tag("heavy")
class LeaksTest {

  private static TestResponse greet(TestFunction function, String name) {
    return function.invokeJson("{\"name\":\"" + name + "\"}");
  }

  private static void twoTenants(Leaks leaks, TestFunction function) {
    leaks.twoTenants(acme -> greet(function, acme.text()), () -> greet(function, "globex"));
  }

  @AfterEach
  void clear() {
    LeakyHandlers.clear();
  }

  // region two-tenants
  @Test
  void nothing_of_one_customer_is_left_for_the_next(Functions functions, Leaks leaks) {
    TestFunction function = functions.function(LeakyHandlers.Clean.class);

    TestResponse ofGlobex =
        leaks.twoTenants(
            acme -> function.invokeJson("{\"name\":\"" + acme.text() + "\"}"),
            () -> function.invokeJson("{\"name\":\"globex\"}"));

    assertThat(ofGlobex.text()).contains("Hello globex");
  }

  // endregion

  @RepeatedTest(20)
  void a_clean_function_is_never_suspected(Functions functions, Leaks leaks) {
    twoTenants(leaks, functions.function(LeakyHandlers.Clean.class));
  }

  @Nested
  class In_memory {

    @Test
    void a_static_map_is_found_by_its_name(Functions functions, Leaks leaks) {
      TestFunction function = functions.function(LeakyHandlers.StaticMap.class);

      assertThatThrownBy(() -> twoTenants(leaks, function))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("the canary of tenant A is held by")
          .hasMessageContaining("static field dev.powertools.tests.LeakyHandlers$StaticMap.SEEN")
          .hasMessageContaining("java.util.concurrent.ConcurrentHashMap.table");
    }

    @Test
    void a_thread_local_of_a_pool_is_found_with_its_thread(Functions functions, Leaks leaks) {
      TestFunction function = functions.function(LeakyHandlers.PooledThreadLocal.class);

      assertThatThrownBy(() -> twoTenants(leaks, function))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("thread \"leaky-pool\"")
          .hasMessageContaining("LeakyHandlers$PooledThreadLocal.CURRENT.value");
    }

    @Test
    void a_field_of_the_handler_is_found(Functions functions, Leaks leaks) {
      TestFunction function = functions.function(LeakyHandlers.InstanceField.class);

      assertThatThrownBy(() -> twoTenants(leaks, function))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("dev.powertools.tests.LeakyHandlers$InstanceField.last");
    }

    @Test
    void what_a_waiting_task_has_captured_is_found(Functions functions, Leaks leaks) {
      TestFunction function = functions.function(LeakyHandlers.QueuedTask.class);

      assertThatThrownBy(() -> twoTenants(leaks, function))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("LeakyHandlers$QueuedTask$$Lambda");
    }

    @Test
    void utf_16_is_found_as_well(Functions functions, Leaks leaks) {
      TestFunction function = functions.function(LeakyHandlers.StaticMap.class);

      assertThatThrownBy(
              () ->
                  leaks.twoTenants(
                      acme -> greet(function, "\u20ac" + acme.text()),
                      () -> greet(function, "globex")))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("LeakyHandlers$StaticMap.SEEN");
    }

    @Test
    void a_fake_of_the_test_may_keep_what_it_was_given(Functions functions, Leaks leaks) {
      LeakyHandlers.Repository repository = new LeakyHandlers.Repository();
      TestFunction function =
          functions
              .with(LeakyHandlers.Repository.class, repository)
              .function(LeakyHandlers.Storing.class);

      assertThatThrownBy(() -> twoTenants(leaks, function))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("LeakyHandlers$Repository")
          .hasMessageContaining("leaks.ignoring");

      leaks.ignoring(LeakyHandlers.Repository.class);
      twoTenants(leaks, function);
      assertThat(repository.names()).hasSize(3);
    }
  }

  @Nested
  class In_what_the_second_invocation_puts_out {

    @Test
    void a_response_is_searched(Functions functions, Leaks leaks) {
      Canary acme = leaks.canary("acme");

      assertThatThrownBy(
              () ->
                  leaks.assertAbsentFrom(
                      greet(functions.function(LeakyHandlers.Clean.class), acme.text())))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("the canary of acme is in the response")
          .hasMessageContaining("the canary of acme is in the log lines")
          .hasMessageNotContaining(acme.text());
    }

    @Test
    void requests_to_aws_are_searched_by_invocation(Functions functions, Leaks leaks, Aws aws) {
      aws.serve("sqs", request -> AwsAnswer.json(200, "{\"QueueUrl\":\"http://q/1\"}"));
      TestFunction function =
          functions
              .with(SqsClient.class, aws.client(SqsClient.builder()))
              .function(LeakyHandlers.Asking.class);
      Canary acme = leaks.canary("acme");
      TestResponse ofAcme = greet(function, acme.text());
      TestResponse ofGlobex = greet(function, "globex");

      leaks.assertAbsentFrom(ofGlobex);
      assertThatThrownBy(() -> leaks.assertAbsentFrom(ofAcme))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("request to sqs.GetQueueUrl");
    }

    @Test
    void sources_of_ones_own_are_searched(Functions functions, Leaks leaks) {
      Canary acme = leaks.canary("acme");
      leaks.source("files", response -> List.of("line of " + acme.text()));

      assertThatThrownBy(
              () ->
                  leaks.assertAbsentFrom(
                      greet(functions.function(LeakyHandlers.Clean.class), "globex")))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("is in the files");
    }

    @Test
    void spans_are_searched_by_invocation(Functions functions, Leaks leaks) {
      TestFunction function = functions.function(LeakyHandlers.Traced.class);
      Canary acme = leaks.canary("acme");
      TestResponse ofAcme = greet(function, acme.text());
      TestResponse ofGlobex = greet(function, "globex");

      leaks.assertAbsentFrom(ofGlobex);
      assertThatThrownBy(() -> leaks.assertAbsentFrom(ofAcme))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("is in the spans");
    }
  }

  @Test
  void a_first_invocation_that_fails_proves_nothing(Functions functions, Leaks leaks) {
    TestFunction function = functions.function(LeakyHandlers.Clean.class);

    assertThatThrownBy(
            () ->
                leaks.twoTenants(
                    acme -> function.invokeJson("[]"), () -> greet(function, "globex")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("proves nothing");
  }
}
