// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a batch the event source mapping deletes: AWS's rule, as a pure function.
 *
 * <p>An invocation that fails, times out or is killed returns the whole batch. Without {@code
 * ReportBatchItemFailures} any response deletes the whole batch. With it:
 *
 * <ul>
 *   <li>deleted whole: an empty or null response, an empty or null {@code batchItemFailures}, and
 *       so an object whose top-level key is misspelt;
 *   <li>returned whole: invalid JSON; an item whose {@code itemIdentifier} is missing, null, empty
 *       or no string; an identifier that is not in the batch;
 *   <li>otherwise all but the named messages are deleted.
 * </ul>
 *
 * <p>AWS doesn't say what valid JSON of another shape means, such as a string, or a {@code
 * batchItemFailures} that is no list. Here it returns the whole batch: a mistake then shows as a
 * repetition and not as a loss.
 *
 * <p>Stateless and thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting">Partial
 *     batch responses</a>
 */
public final class BatchResponseRule {

  /**
   * What is to be done with a batch.
   *
   * @param delete the ids of the messages to delete; all others return
   * @param explanation why, for people
   */
  public record Decision(Set<String> delete, String explanation) {
    /** Copies the ids. */
    public Decision {
      delete = Set.copyOf(delete);
    }
  }

  private static final String FAILURES = "batchItemFailures";
  private static final String IDENTIFIER = "itemIdentifier";

  private BatchResponseRule() {}

  /** The invocation threw, timed out, or never took place. */
  public static Decision failed(String error) {
    return new Decision(Set.of(), "the invocation failed, so the whole batch returns: " + error);
  }

  /**
   * The invocation returned.
   *
   * @param reportBatchItemFailures whether {@code ReportBatchItemFailures} is on
   * @param ids the batch
   * @param bytes the response
   */
  public static Decision succeeded(
      boolean reportBatchItemFailures, Collection<String> ids, byte[] bytes) {
    Set<String> batch = new LinkedHashSet<>(ids);
    if (!reportBatchItemFailures) {
      return new Decision(batch, "ReportBatchItemFailures is off: the response is ignored");
    }
    try {
      Set<String> failures = failures(bytes);
      return failures == null ? allDeleted(batch, "no " + FAILURES) : decide(batch, failures);
    } catch (Malformed e) {
      return new Decision(Set.of(), "the whole batch returns: " + e.getMessage());
    }
  }

  private static Decision decide(Set<String> batch, Set<String> failures) throws Malformed {
    for (String id : failures) {
      if (!batch.contains(id)) {
        throw new Malformed(IDENTIFIER + " '" + id + "' is not in the batch");
      }
    }
    if (failures.isEmpty()) {
      return allDeleted(batch, "empty " + FAILURES);
    }
    Set<String> rest = new LinkedHashSet<>(batch);
    rest.removeAll(failures);
    return new Decision(rest, failures.size() + " of " + batch.size() + " reported as failed");
  }

  private static Decision allDeleted(Set<String> batch, String why) {
    return new Decision(batch, "complete success: " + why);
  }

  /** The identifiers that the response names; null if it names no list. */
  private static @Nullable Set<String> failures(byte[] response) throws Malformed {
    if (new String(response, UTF_8).isBlank()) {
      return null;
    }
    Object tree = tree(response);
    if (tree == null) {
      return null;
    }
    if (!(tree instanceof Map<?, ?> object)) {
      throw new Malformed("the response is no JSON object");
    }
    Object failures = object.get(FAILURES);
    if (failures == null) {
      return null;
    }
    if (!(failures instanceof List<?> items)) {
      throw new Malformed(FAILURES + " is no list");
    }
    Set<String> ids = new LinkedHashSet<>();
    for (Object item : items) {
      ids.add(identifier(item));
    }
    return ids;
  }

  private static @Nullable Object tree(byte[] response) throws Malformed {
    try {
      return JsonTree.read(response, JsonTree.Duplicates.MARK);
    } catch (InvalidJsonException e) {
      throw new Malformed("the response is no valid JSON: " + e.getMessage());
    }
  }

  private static String identifier(@Nullable Object item) throws Malformed {
    if (item instanceof Map<?, ?> object
        && object.get(IDENTIFIER) instanceof String id
        && !id.isEmpty()) {
      return id;
    }
    throw new Malformed("an item's " + IDENTIFIER + " is missing, null, empty or no string");
  }

  /** The response is one that returns the whole batch. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }
}
