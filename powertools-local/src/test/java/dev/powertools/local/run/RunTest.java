// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, started as a user starts it. */
class RunTest {

  @TempDir Path folder;

  private UserProject project() {
    return new UserProject(folder)
        .source(
            "com.acme.Greeter",
            """
            package com.acme;

            import com.amazonaws.services.lambda.runtime.Context;
            import com.amazonaws.services.lambda.runtime.RequestHandler;
            import java.util.Map;

            public class Greeter implements RequestHandler<Map<String, Object>, Object> {
              private static int calls;

              public Object handleRequest(Map<String, Object> event, Context context) {
                String path = (String) event.get("rawPath");
                return switch (path == null ? "" : path) {
                  case "/fail" -> throw new IllegalStateException("out of stock");
                  case "/exit" -> exit();
                  case "/number" -> Map.of("statusCode", 99);
                  case "/teapot" ->
                      Map.of(
                          "statusCode", 418,
                          "headers", Map.of("X-Kind", "tea"),
                          "cookies", java.util.List.of("a=1", "b=2"),
                          "body", "c2hvcnQ=",
                          "isBase64Encoded", true);
                  default -> "call " + ++calls + ", " + System.getenv("GREETING");
                };
              }

              private static Object exit() {
                System.exit(7);
                return null;
              }
            }
            """)
        .build();
  }

  @Nested
  class A_request {

    @Test
    void gets_the_functions_response_and_a_line_on_the_console() throws Exception {
      try (RunProcess run =
          RunProcess.start(project(), "com.acme.Greeter", "--port", "0", "--env", "GREETING=hello")
              .listening()) {
        assertThat(run.get("/hi")).isEqualTo("call 1, hello");
        assertThat(run.line(line -> line.contains("GET /hi"))).startsWith("200 ").contains("cold");

        assertThat(run.post("/_local/cold", "").statusCode()).isEqualTo(204);
        assertThat(run.get("/hi")).isEqualTo("call 1, hello");

        HttpResponse<String> teapot = run.send(HttpRequest.newBuilder(run.uri("/teapot")).build());
        assertThat(teapot.statusCode()).isEqualTo(418);
        assertThat(teapot.body()).isEqualTo("short");
        assertThat(teapot.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");

        assertThat(run.post("/fail", "").statusCode()).isEqualTo(500);
        assertThat(run.line(line -> line.contains("out of stock"))).isNotEmpty();
        assertThat(run.get("/number")).isEqualTo("{\"message\":\"Internal Server Error\"}");
        assertThat(run.line(line -> line.contains("statusCode is '99'"))).isNotEmpty();
      }
    }

    @Test
    void may_be_lambdas_own_invoke() throws Exception {
      try (RunProcess run =
          RunProcess.start(project(), "com.acme.Greeter", "--port", "0", "--raw").listening()) {
        String invoke = "/2015-03-31/functions/Greeter/invocations";

        assertThat(run.post(invoke, "{}").body()).isEqualTo("\"call 1, null\"");
        HttpResponse<String> failed = run.post(invoke, "{\"rawPath\":\"/fail\"}");
        assertThat(failed.headers().firstValue("X-Amz-Function-Error")).hasValue("Unhandled");
        assertThat(failed.body()).contains("\"errorType\":\"java.lang.IllegalStateException\"");
        assertThat(run.post(invoke, "{\"rawPath\"").statusCode()).isEqualTo(400);
        assertThat(run.line(line -> line.startsWith("REPORT RequestId: ")))
            .contains("\tBilled Duration: ", "\tMemory Size: 512 MB\t", "\tInit Duration: ");
      }
    }
  }

  @Nested
  class A_watched_project {

    private static final String GREETER =
        """
        package com.acme;

        import com.amazonaws.services.lambda.runtime.Context;
        import com.amazonaws.services.lambda.runtime.RequestHandler;
        import java.util.Map;

        public class Greeter implements RequestHandler<Map<String, Object>, String> {
          private static int calls;

          public String handleRequest(Map<String, Object> event, Context context) {
            return Words.HELLO + ++calls;
          }
        }
        """;

    private UserProject project() {
      return new UserProject(folder).source("com.acme.Greeter", GREETER);
    }

    private static String words(String hello) {
      return "package com.acme; class Words { static final String HELLO = \"" + hello + "\"; }";
    }

    @Test
    void answers_with_what_was_saved_and_compiled_by_whomever() throws Exception {
      UserProject project = project().source("com.acme.Words", words("one ")).build();
      try (RunProcess run =
          RunProcess.start(project, "com.acme.Greeter", "--port", "0", "--watch").listening()) {
        assertThat(run.get("/")).isEqualTo("one 1");
        assertThat(run.get("/")).isEqualTo("one 2");

        project.source("com.acme.Words", words("two, saved "));
        assertThat(run.get("/")).as("inlined into the other class").isEqualTo("two, saved 1");

        project.source("com.acme.Words", words("three "));
        project.build();
        assertThat(run.get("/")).isEqualTo("three 1");
      }
    }

    @Test
    void stays_in_service_while_a_source_does_not_compile() throws Exception {
      UserProject project = project().source("com.acme.Words", words("one ")).build();
      try (RunProcess run =
          RunProcess.start(project, "com.acme.Greeter", "--port", "0", "--watch").listening()) {
        project.source("com.acme.Words", "package com.acme; class Words { int = }");

        assertThat(run.line(line -> line.contains("doesn't compile"))).startsWith("! ");
        assertThat(run.line(line -> line.contains("Words.java:1: "))).isNotEmpty();
        assertThat(run.get("/")).isEqualTo("one 1");

        project.source("com.acme.Words", words("mended "));
        assertThat(run.get("/")).isEqualTo("mended 1");
      }
    }
  }

  @Nested
  class What_cant_run {

    @Test
    void is_an_unknown_handler() throws Exception {
      RunProcess run = RunProcess.start(project(), "com.acme.Nobody", "--port", "0");

      assertThat(run.end()).contains("error: Function 'com.acme.Nobody'", "spelling");
      assertThat(run.process().exitValue()).isEqualTo(1);
    }

    @Test
    void is_a_handler_that_cannot_be_made() throws Exception {
      UserProject project =
          project()
              .source(
                  "com.acme.Broken",
                  "package com.acme; public class Broken extends Greeter {"
                      + " public Broken() { throw new IllegalStateException(\"no table\"); } }")
              .source(
                  "com.acme.Open",
                  "package com.acme; public abstract class Open extends Greeter {}")
              .build();

      assertThat(RunProcess.start(project, "com.acme.Broken", "--port", "0").end())
          .contains("error: Function 'com.acme.Broken' can't be initialised: no table")
          .contains("com.acme.Broken.<init>(Broken.java:1): mend that");
      assertThat(RunProcess.start(project, "com.acme.Open", "--port", "0").end())
          .contains("com.acme.Open is abstract: name a class that extends it");
      assertThat(RunProcess.start(project, "com.acme.Greeter::greet", "--port", "0").end())
          .contains("com.acme.Greeter has no public method 'greet'");
      RunProcess malformed = RunProcess.start(project, "com/acme/Greeter.java", "--port", "0");
      assertThat(malformed.end()).contains("malformed: write it as com.acme.Orders");
      assertThat(malformed.process().exitValue()).isEqualTo(1);
    }

    @Test
    void is_a_second_one_on_the_same_port() throws Exception {
      try (ServerSocket taken =
          new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
        RunProcess run =
            RunProcess.start(project(), "com.acme.Greeter", "--port", "" + taken.getLocalPort());

        assertThat(run.end())
            .contains("error: The HTTP front can't listen on 127.0.0.1:" + taken.getLocalPort())
            .doesNotContain("\tat ");
        assertThat(run.process().exitValue()).isEqualTo(1);
      }
    }

    @Test
    void is_an_unknown_option() throws Exception {
      RunProcess run = RunProcess.start(project(), "com.acme.Greeter", "--prot", "1");

      assertThat(run.end()).contains("error: There is no option '--prot'", "--port N");
      assertThat(run.process().exitValue()).isEqualTo(2);
    }
  }

  @Nested
  class The_end {

    @Test
    void of_the_function_is_the_end_of_the_run() throws Exception {
      RunProcess run = RunProcess.start(project(), "com.acme.Greeter", "--port", "0").listening();

      assertThatThrownBy(() -> run.get("/exit")).isInstanceOf(IOException.class);

      assertThat(run.end()).contains("error: The function's process ended with status 7");
      assertThat(run.process().exitValue()).isEqualTo(1);
    }

    @Test
    void of_the_command_however_it_comes_is_the_end_of_the_function() throws Exception {
      RunProcess run = RunProcess.start(project(), "com.acme.Greeter", "--port", "0").listening();
      List<ProcessHandle> sandbox = run.process().descendants().toList();
      assertThat(sandbox).hasSize(1);

      run.process().destroyForcibly();

      sandbox.get(0).onExit().get(30, TimeUnit.SECONDS);
    }
  }
}
