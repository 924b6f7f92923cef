// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.redact.Redactor;
import dev.powertools.core.redact.Sensitive;
import dev.powertools.core.redact.SensitiveText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Secrets are not in lines, whichever way they were on. */
class RedactionTest {

  private static final String SECRET = "hunter2";

  record Login(String user, @Sensitive String word) {}

  private final TestLog log = new TestLog();

  private String text() {
    return log.lines().toString();
  }

  @Test
  void the_values_of_secret_names_are_masked_wherever_the_name_is_a_key() {
    MDC.put("password", SECRET);
    try (AutoCloseable ignored = MDC.putCloseable("x-api-key", SECRET)) {
      log.logger().atInfo().addKeyValue("accessToken", SECRET).log("signed in");
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      MDC.clear();
    }
    assertThat(text()).contains("[REDACTED]").doesNotContain(SECRET);
  }

  @Test
  void what_is_sensitive_is_masked_as_a_value_and_in_the_message() {
    Login login = new Login("ada", SECRET);
    log.logger().atInfo().addKeyValue("login", login).log("came");
    log.logger().info("{} came, and {}", login, List.of(login));
    assertThat(text()).contains("ada").doesNotContain(SECRET);
  }

  @Test
  void patterns_apply_to_values_and_errors_and_to_messages_when_asked() throws Exception {
    Redactor cards = Redactor.builder().texts(SensitiveText.CARD_NUMBER).build();
    String card = "4111 1111 1111 1111";
    FunctionRuntime runtime =
        FunctionRuntime.builder()
            .part(Redactor.class, cards)
            .part(LayoutOptions.class, LayoutOptions.builder().withRedactedMessages().build())
            .build();
    try (Scope.Attached ignored = Scope.of(runtime).attach()) {
      log.logger()
          .atError()
          .addKeyValue("note", "paid by " + card)
          .setCause(new IllegalStateException("refused " + card, new Exception("of " + card)))
          .log("no luck with " + card);
    }
    assertThat(text())
        .contains("paid by [REDACTED]", "refused [REDACTED]", "no luck with [")
        .doesNotContain("1111");
  }

  @Test
  void an_error_whose_text_is_json_is_looked_into() {
    Exception json =
        new Exception() {
          @Override
          @SuppressWarnings("OverrideThrowableToString") // on purpose
          public String toString() {
            return "{\"password\":\"" + SECRET + "\"}";
          }
        };
    json.setStackTrace(new StackTraceElement[0]);
    log.logger().error("failed", json);
    assertThat(text()).contains("[REDACTED]").doesNotContain(SECRET);
  }

  @Test
  void a_pointer_starts_at_the_line() throws Exception {
    FunctionRuntime runtime =
        FunctionRuntime.builder()
            .part(Redactor.class, Redactor.builder().pointer("/login/user").build())
            .build();
    try (Scope.Attached ignored = Scope.of(runtime).attach()) {
      log.logger().atInfo().addKeyValue("login", new Login("ada", "")).log("came");
    }
    assertThat(text()).contains("\"user\":\"[REDACTED]\"").doesNotContain("ada");
  }

  @Test
  void who_wants_none_of_it_says_so() throws Exception {
    FunctionRuntime runtime =
        FunctionRuntime.builder().part(Redactor.class, Redactor.none()).build();
    try (Scope.Attached ignored = Scope.of(runtime).attach()) {
      log.logger().atInfo().addKeyValue("password", SECRET).log("shown");
    }
    assertThat(text()).contains(SECRET);
  }
}
