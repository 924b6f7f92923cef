// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.FunctionHandler;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's own annotation is a link like ours, through every door. */
@FunctionTest
class OwnAnnotationTest {

  @Audited
  public static class WovenType implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      return event;
    }
  }

  public static class WovenMethod implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      return own(event);
    }

    @Audited
    private static String own(String event) {
      return event;
    }
  }

  /** A plain handler, which is woven for its {@code Context} although it has no interface. */
  public static class Plain {
    @Audited
    public String handle(String event, Context context) {
      return event;
    }
  }

  @Audited
  public static class BaseClass extends FunctionHandler<String, String> {
    @Override
    protected String handle(String event, Context context) {
      return event;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OwnAnnotationTest$WovenType::handleRequest",
        "OwnAnnotationTest$WovenMethod::own",
        "OwnAnnotationTest$Plain::handle",
        "OwnAnnotationTest$BaseClass::handle"
      })
  void runs_once_in_the_invocation(String method, Functions functions) {
    List<String> trail = new ArrayList<>();
    String[] parts = method.split("::", 2);
    String handler = "dev.powertools.tests." + parts[0];

    TestResponse response =
        functions
            .with(AuditTrail.class, trail::add)
            .function(
                parts[1].equals("handle") && parts[0].endsWith("Plain")
                    ? handler + "::handle"
                    : handler)
            .invokeJson("\"hello\"");

    assertThat(response.text()).isEqualTo("\"hello\"");
    assertThat(trail).containsExactly(parts[1] + " by " + response.requestId());
  }
}
