// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AWS's table of responses, row by row; the batch holds a, b and c. */
class BatchResponseRuleTest {
  private static final List<String> BATCH = List.of("a", "b", "c");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          no bytes                  | ``                                                     | abc
          blank                     | ` `                                                    | abc
          null response             | null                                                   | abc
          empty response            | {}                                                     | abc
          empty list                | {"batchItemFailures":[]}                               | abc
          null list                 | {"batchItemFailures":null}                             | abc
          misspelt outer key        | {"BatchItemFailures":[{"itemIdentifier":"a"}]}         | abc
          one failure               | {"batchItemFailures":[{"itemIdentifier":"b"}]}         | ac
          further keys              | {"x":[1],"batchItemFailures":[{"y":{},"itemIdentifier":"b"}]} | ac
          one failure, twice        | {"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"b"}]} | ac
          all failures              | {"batchItemFailures":[{"itemIdentifier":"c"},{"itemIdentifier":"a"},{"itemIdentifier":"b"}]} | ``
          invalid JSON              | {"batchItemFailures":[                                 | ``
          no JSON at all            | OK                                                     | ``
          two values                | {"batchItemFailures":[]} {}                            | ``
          null identifier           | {"batchItemFailures":[{"itemIdentifier":null}]}        | ``
          empty identifier          | {"batchItemFailures":[{"itemIdentifier":""}]}          | ``
          number as identifier      | {"batchItemFailures":[{"itemIdentifier":1}]}           | ``
          misspelt inner key        | {"batchItemFailures":[{"ItemIdentifier":"a"}]}         | ``
          no inner key              | {"batchItemFailures":[{}]}                             | ``
          null item                 | {"batchItemFailures":[null]}                           | ``
          string item               | {"batchItemFailures":["a"]}                            | ``
          unknown identifier        | {"batchItemFailures":[{"itemIdentifier":"z"}]}         | ``
          one known, one unknown    | {"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"z"}]} | ``
          one good, one bad         | {"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":""}]} | ``
          no list                   | {"batchItemFailures":"a"}                              | ``
          list twice                | {"batchItemFailures":[],"batchItemFailures":[]}        | ``
          a string                  | "done"                                                 | ``
          a list                    | [{"itemIdentifier":"a"}]                               | ``
          """)
  void with_the_flag_on(String situation, String response, String deleted) {
    assertThat(BatchResponseRule.succeeded(true, BATCH, response.getBytes(UTF_8)).delete())
        .isEqualTo(letters(deleted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``",
        "null",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "not JSON"
      })
  void with_the_flag_off_every_response_deletes_all(String response) {
    assertThat(BatchResponseRule.succeeded(false, BATCH, response.getBytes(UTF_8)).delete())
        .isEqualTo(Set.copyOf(BATCH));
  }

  @Test
  void a_failed_invocation_deletes_nothing_and_says_why() {
    BatchResponseRule.Decision decision = BatchResponseRule.failed("Sandbox.Timedout: late");

    assertThat(decision.delete()).isEmpty();
    assertThat(decision.explanation()).contains("whole batch returns").contains("Sandbox.Timedout");
  }

  @Test
  void the_explanation_names_what_was_wrong() {
    assertThat(explain("{\"batchItemFailures\":[{\"itemIdentifier\":\"z\"}]}"))
        .contains("'z' is not in the batch");
    assertThat(explain("{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"}]}"))
        .isEqualTo("1 of 3 reported as failed");
  }

  private static String explain(String response) {
    return BatchResponseRule.succeeded(true, BATCH, response.getBytes(UTF_8)).explanation();
  }

  private static Set<String> letters(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(""));
  }
}
