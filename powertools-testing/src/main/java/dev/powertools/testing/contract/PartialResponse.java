// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.testing.TestResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * The failures that a function reported, read as strictly as the platform should be.
 *
 * @param batch what it answered to, for people
 * @param ids the messages that are to come again
 */
record PartialResponse(String batch, List<String> ids) {

  static PartialResponse of(TestResponse response, String batch) {
    response
        .error()
        .ifPresent(
            error -> {
              throw new AssertionFailedError(
                  "The function failed on "
                      + batch
                      + ", so all of it comes again: "
                      + error.type()
                      + ": "
                      + error.message());
            });
    if (tree(response) instanceof Map<?, ?> object
        && object.get("batchItemFailures") instanceof List<?> failures) {
      List<String> ids = new ArrayList<>();
      failures.forEach(each -> ids.add(id(each, response, batch)));
      return new PartialResponse(batch, ids);
    }
    throw new AssertionFailedError(
        "The answer to "
            + batch
            + " has no list \"batchItemFailures\", which the platform takes for complete success: "
            + response.text());
  }

  private static @Nullable Object tree(TestResponse response) {
    try {
      return JsonTree.read(response.bytes(), JsonTree.Duplicates.REFUSE);
    } catch (InvalidJsonException e) {
      return null; // told by the caller, with the text
    }
  }

  private static String id(@Nullable Object failure, TestResponse response, String batch) {
    if (failure instanceof Map<?, ?> item
        && item.get("itemIdentifier") instanceof String id
        && !id.isEmpty()) {
      return id;
    }
    throw new AssertionFailedError(
        "The answer to "
            + batch
            + " has a failure without \"itemIdentifier\", upon which the platform delivers the"
            + " whole batch again: "
            + response.text());
  }

  /** The same, where reporting a message twice does no harm. */
  PartialResponse once() {
    return new PartialResponse(batch, List.copyOf(new LinkedHashSet<>(ids)));
  }

  void isExactly(List<String> expected) {
    Set<String> lost = new LinkedHashSet<>(expected);
    ids.forEach(lost::remove);
    if (!lost.isEmpty()) {
      throw new AssertionFailedError(
          "Of " + batch + " the function acknowledged " + lost + ": these are lost", expected, ids);
    }
    Set<String> tooMany = new LinkedHashSet<>(ids);
    expected.forEach(tooMany::remove);
    if (!tooMany.isEmpty()) {
      throw new AssertionFailedError(
          "Of " + batch + " the function reported " + tooMany + ", which were handled",
          expected,
          ids);
    }
    if (ids.size() != new LinkedHashSet<>(ids).size()) {
      throw new AssertionFailedError(
          "Of " + batch + " the function reported a message twice", expected, ids);
    }
  }
}
