// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFileTest {

  private static final String A = "0b1d2c3e-1111-4222-8333-444455556666";
  private static final String B = "ffffffff-1111-4222-9333-444455556666";

  @TempDir private Path folder;

  private static LogLines lines(String... lines) {
    return new LogLines(
        Stream.of(lines).map(line -> LogLine.parse(line.replace('\'', '"'))).toList());
  }

  private GoldenFile golden(String... lines) throws IOException {
    Path path = folder.resolve("golden").resolve("log.jsonl");
    if (lines.length > 0) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, String.join("\n", lines).replace('\'', '"'));
    }
    return new GoldenFile(path, false);
  }

  private String written(LogLines lines, String... varying) throws IOException {
    GoldenFile golden = golden();
    lines.matchGolden(new GoldenFile(golden.path(), true), varying);
    lines.matchGolden(golden, varying);
    return Files.readString(golden.path()).replace('"', '\'');
  }

  @Nested
  class What_differs_from_run_to_run {

    @Test
    void ids_have_the_same_placeholder_wherever_they_are() throws IOException {
      assertThat(
              written(
                  lines(
                      "{'message':'got " + B + "','function_request_id':'" + A + "'}",
                      "{'message':'again " + A + "','owner':{'ids':['" + B + "']}}")))
          .isEqualTo(
              """
              {'message':'got <uuid-1>','function_request_id':'<request-1>'}
              {'message':'again <request-1>','owner':{'ids':['<uuid-1>']}}
              """);
    }

    @Test
    void request_ids_that_the_test_chose() throws IOException {
      assertThat(
              written(
                  lines(
                      "{'message':'request-17 came','function_request_id':'request-17'}",
                      "{'message':'a word','function_request_id':'a'}")))
          .isEqualTo(
              """
              {'message':'<request-1> came','function_request_id':'<request-1>'}
              {'message':'a word','function_request_id':'<request-2>'}
              """);
    }

    @Test
    void times_and_traces() throws IOException {
      assertThat(
              written(
                  lines(
                      "{'timestamp':'any','at':'2026-01-01T00:00:00.123Z','day':'2026-01-01',"
                          + "'xray_trace_id':'1-5759e988-bd862e3fe1be46a994272793'}")))
          .isEqualTo(
              "{'timestamp':'<time>','at':'<time>','day':'2026-01-01','xray_trace_id':'<trace-1>'}\n");
    }

    @Test
    void stacks_keep_the_frames_of_the_project() throws IOException {
      String stack =
          "com.acme.NoMoney: no\\n\\tat com.acme.Till.pay(Till.java:12)"
              + "\\n\\tat java.util.Optional.map(Optional.java:3)"
              + "\\n\\tat dev.powertools.core.chain.Chain.call(Chain.java:9)"
              + "\\n\\tat com.acme.Orders.handle(Orders.kt:7)"
              + "\\n\\tat jdk.internal.Foo.bar(Unknown Source)\\n\\t... 23 common frames omitted\\n";

      assertThat(written(lines("{'error':{'hash':'ab12','stack':'" + stack + "'}}")))
          .isEqualTo(
              "{'error':{'hash':'<hash>','stack':'com.acme.NoMoney: no\\n"
                  + "\\tat com.acme.Till.pay(Till.java)\\n\\t<frames>\\n"
                  + "\\tat com.acme.Orders.handle(Orders.kt)\\n\\t<frames>\\n"
                  + "\\t... <frames> omitted\\n'}}\n");
    }

    @Test
    void fields_that_the_test_names() throws IOException {
      assertThat(written(lines("{'ms':12,'job':{'ms':13,'id':'x'}}"), "ms", "/job/id"))
          .isEqualTo("{'ms':'<any>','job':{'ms':13,'id':'<any>'}}\n");
    }
  }

  @Test
  void the_order_of_fields_and_the_writing_of_numbers_do_not_matter() throws IOException {
    lines("{'a':1,'b':2.50}").matchGolden(golden("{'b':2.50,'a':1}", "", ""));
  }

  @Test
  void a_difference_is_told_line_by_line() throws IOException {
    LogLines logged =
        lines(
            "{'message':'first'}",
            "{'message':'second','cents':700,'step':'charge'}",
            "{'message':'new'}",
            "{'message':'last'}");
    GoldenFile golden =
        golden(
            "{'message':'first'}",
            "{'message':'second','cents':500,'was':'x'}",
            "{'message':'last'}",
            "{'message':'gone'}");

    assertThatThrownBy(() -> logged.matchGolden(golden))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(golden.path().toString())
        .hasMessageContaining("-Dgolden.update=true")
        .hasMessageContaining(
            """
              line 2, "second":
            -   cents: 500
            +   cents: 700
            -   was: x
            +   was: (absent)
            -   step: (absent)
            +   step: charge
            + line 3: {"message":"new"}
            - line 4: {"message":"gone"}
            """);
  }

  @Test
  void a_file_that_is_not_there_says_how_it_is_made() throws IOException {
    GoldenFile golden = golden();

    assertThatThrownBy(() -> lines("{'message':'hi'}").matchGolden(golden))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("There is no golden file " + golden.path())
        .hasMessageContaining("-Dgolden.update=true")
        .hasMessageEndingWith("{\"message\":\"hi\"}");
  }

  @Test
  void a_file_that_is_not_json_is_named() throws IOException {
    GoldenFile golden = golden("{'message':");

    assertThatThrownBy(() -> lines("{'message':'hi'}").matchGolden(golden))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(golden.path() + ": Not valid JSON");
  }

  @Test
  void a_file_is_one_of_the_project_and_its_name_is_plain() {
    assertThat(GoldenFile.named("orders.jsonl").path())
        .hasToString(Path.of("src/test/resources/golden/orders.jsonl").toAbsolutePath().toString());
    assertThatThrownBy(() -> GoldenFile.named("../orders.jsonl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("../orders.jsonl");
  }
}
