// SPDX-License-Identifier: Apache-2.0
package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.event.Events;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@FunctionTest
class OlderClientTest {

  private static final byte[] ADA = "{\"name\":\"ada\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void the_client_is_the_older_one() {
    String jar = AWSLambda.class.getProtectionDomain().getCodeSource().getLocation().toString();
    assertTrue(jar.contains("2.8.7"), jar);
  }

  @Test
  void it_reads_a_record(Functions functions) {
    assertEquals("\"Hello ada\"", functions.function(Greet.class).invokeBytes(ADA).text());
  }

  @Test
  void it_reports_an_error(Functions functions) {
    assertEquals(
        "java.lang.IllegalArgumentException: nobody",
        functions
            .function(Greet.class)
            .invokeJson("{}")
            .error()
            .map(error -> error.type() + ": " + error.message())
            .orElse("none"));
  }

  @Test
  void it_runs_a_base_class(Functions functions) {
    var event = Events.sqs().bodies("now", "later");
    String response = functions.function(Orders.class).invoke(event).text();
    assertTrue(response.contains(event.messageId(1)), response);
    assertTrue(!response.contains(event.messageId(0)), response);
  }

  @Test
  void it_runs_in_a_process_of_its_own() {
    try (var function = LocalFunction.fork(FunctionOptions.of(Greet.class))) {
      assertEquals("\"Hello ada\"", function.invoke(ADA).text());
    }
  }
}
