// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionInvocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the function sees of the caller. */
@FunctionTest
class ContextTest {

  /** Says what the context says. */
  public static class Facts extends FunctionHandler<Object, Map<String, Object>> {
    @Override
    protected Map<String, Object> handle(Object event, Context context) {
      Map<String, Object> facts = new TreeMap<>();
      facts.put("requestId", context.getAwsRequestId());
      facts.put("workId", FunctionInvocation.current().orElseThrow().workId());
      facts.put("tenant", String.valueOf(context.getTenantId()));
      facts.put("trace", context.getXrayTraceId());
      facts.put("function", context.getFunctionName());
      facts.put("version", context.getFunctionVersion());
      facts.put("arn", context.getInvokedFunctionArn());
      facts.put("memory", context.getMemoryLimitInMB());
      facts.put("logGroup", context.getLogGroupName());
      facts.put("logStream", context.getLogStreamName());
      facts.put("remaining", context.getRemainingTimeInMillis());
      if (context.getClientContext() != null) {
        facts.put("custom", context.getClientContext().getCustom());
      }
      if (context.getIdentity() != null) {
        facts.put("identity", String.valueOf(context.getIdentity().getIdentityId()));
        facts.put("pool", String.valueOf(context.getIdentity().getIdentityPoolId()));
      }
      return facts;
    }
  }

  private static void acme(InvokeAs as) {
    as.requestId("r-1")
        .tenant("acme")
        .trace("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1")
        .clientContext(Map.of("device", "tv"))
        .cognitoIdentity("id-1", "pool-1");
  }

  @Test
  void an_invocation_says_who_calls(Functions functions) {
    TestResponse response = functions.function(Facts.class).invoke(Map.of(), ContextTest::acme);

    assertThat(response.requestId()).isEqualTo("r-1");
    assertThat(response.text())
        .contains("\"requestId\":\"r-1\"", "\"tenant\":\"acme\"", "\"custom\":{\"device\":\"tv\"}")
        .contains("\"identity\":\"id-1\"", "\"pool\":\"pool-1\"")
        .contains("\"trace\":\"Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1\"");
  }

  @Test
  void in_whatever_form_the_event_comes(Functions functions) {
    TestFunction facts = functions.function(Facts.class);

    String object = facts.invoke(Map.of(), ContextTest::acme).text();

    assertThat(facts.invokeJson("{}", ContextTest::acme).text()).isEqualTo(object);
    assertThat(facts.invokeBytes("{}".getBytes(StandardCharsets.UTF_8), ContextTest::acme).text())
        .isEqualTo(object);
  }

  @Test
  void the_function_knows_itself(Functions functions) {
    assertThat(
            functions.timeout(Duration.ofSeconds(7)).function(Facts.class).invokeJson("{}").text())
        .contains("\"function\":\"ContextTest-Facts\"", "\"version\":\"$LATEST\"")
        .contains("\"arn\":\"arn:aws:lambda:us-east-1:000000000000:function:ContextTest-Facts\"")
        .contains("\"logGroup\":\"/aws/lambda/ContextTest-Facts\"", "\"memory\":512")
        .contains("\"remaining\":7000", "\"tenant\":\"null\"")
        .containsPattern("\"logStream\":\"2026/01/01/\\[\\$LATEST\\][0-9a-f]{32}\"")
        .containsPattern("\"trace\":\"Root=1-[0-9a-f]{8}-[0-9a-f]{24};");
  }

  @Test
  void an_environment_keeps_its_log_stream_and_another_has_its_own(Functions functions) {
    TestFunction facts = functions.function(Facts.class);

    String first = logStream(facts);

    assertThat(logStream(facts)).isEqualTo(first);
    assertThat(logStream(facts.cold())).isNotEqualTo(first);
  }

  @Test
  void retries_of_one_event_keep_its_request_id(Functions functions) {
    TestFunction facts = functions.function(Facts.class);

    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(facts.invokeJson("{}", as -> as.requestId("async-1")).text())
          .contains("\"requestId\":\"async-1\"", "\"workId\":\"async-1\"");
    }
  }

  @Test
  void a_value_that_no_header_could_carry_is_refused(Functions functions) {
    TestFunction facts = functions.function(Facts.class);

    assertThatThrownBy(() -> facts.invokeJson("{}", as -> as.tenant("acme\nx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tenantId");
  }

  @Test
  void warm_by_default_and_cold_when_told(Functions functions) {
    TestFunction facts = functions.function(Facts.class);

    assertThat(facts.invokeJson("{}").coldStart()).isTrue();
    assertThat(facts.invokeJson("{}").coldStart()).isFalse();
    assertThat(facts.cold().invokeJson("{}").coldStart()).isTrue();
    assertThat(facts.invokeJson("{}").coldStart()).isFalse();
  }

  private static String logStream(TestFunction facts) {
    String text = facts.invokeJson("{}").text();
    return text.substring(text.indexOf("logStream"), text.indexOf("memory"));
  }
}
