// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a function's answer says of a batch: AWS's rule, as a pure function.
 *
 * <p>Without {@code ReportBatchItemFailures} whatever the function returns is a success. With it:
 *
 * <ul>
 *   <li>complete success: an empty or null response, an empty or null {@code batchItemFailures},
 *       and so an object whose top-level key is misspelt;
 *   <li>complete failure: an {@code itemIdentifier} that is missing, null, empty or of another form
 *       than the source's; one that names no record of the batch; invalid JSON;
 *   <li>otherwise the lowest of the named records is the checkpoint: everything from it is retried,
 *       also what had succeeded. Lowest is meant by number. For Kafka that goes partition by
 *       partition, and partitions of which no record is named have succeeded.
 * </ul>
 *
 * <p>For streams AWS does not say what an unknown identifier, invalid JSON, or valid JSON of
 * another shape mean. They fail the whole batch here, as AWS says of SQS and of Kafka: a mistake
 * then shows as a repetition and not as a loss.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">Kinesis:
 *     partial batch response</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">DynamoDB:
 *     partial batch response</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html">Kafka:
 *     error handling controls</a>
 */
final class StreamResponseRule {

  /** What an answer says of a batch. */
  enum Verdict {
    SUCCESS,
    /** The records of {@link Decision#rest} are retried, the others are done. */
    PARTIAL,
    FAILURE,
    /** The function was not reached. */
    NOT_REACHED
  }

  /**
   * A verdict and its reason.
   *
   * @param rest what is to be retried; empty for a success
   * @param reason why, for people
   */
  record Decision(Verdict verdict, List<StreamRecord> rest, String reason) {
    Decision {
      rest = List.copyOf(rest);
    }
  }

  private static final String FAILURES = "batchItemFailures";
  private static final String IDENTIFIER = "itemIdentifier";

  private StreamResponseRule() {}

  static Decision decide(
      EventAnswer answer,
      List<StreamRecord> batch,
      boolean reportBatchItemFailures,
      StreamSource source) {
    if (!answer.reached()) {
      return new Decision(Verdict.NOT_REACHED, batch, "not reached, status " + answer.status());
    }
    if (answer.error().isPresent()) {
      return failure(batch, "the function failed: " + answer.errorText());
    }
    if (!reportBatchItemFailures) {
      return success("the response is ignored, ReportBatchItemFailures is off");
    }
    try {
      return read(answer.payload(), batch, source);
    } catch (InvalidJsonException e) {
      return failure(batch, "complete failure: the response is no valid JSON");
    } catch (Malformed e) {
      return failure(batch, "complete failure: " + e.getMessage());
    }
  }

  private static Decision read(byte[] response, List<StreamRecord> batch, StreamSource source)
      throws Malformed {
    List<?> items = failures(response);
    if (items.isEmpty()) {
      return success("no " + FAILURES);
    }
    Map<String, BigInteger> lowest = new HashMap<>();
    for (Object item : items) {
      StreamRecord named = named(item, batch, source);
      lowest.merge(named.shard(), named.sequence(), BigInteger::min);
    }
    List<StreamRecord> rest = batch.stream().filter(record -> isFrom(lowest, record)).toList();
    return new Decision(
        Verdict.PARTIAL,
        rest,
        items.size() + " reported as failed, " + rest.size() + " of " + batch.size() + " to retry");
  }

  private static boolean isFrom(Map<String, BigInteger> lowest, StreamRecord record) {
    BigInteger checkpoint = lowest.get(record.shard());
    return checkpoint != null && record.sequence().compareTo(checkpoint) >= 0;
  }

  private static List<?> failures(byte[] response) throws Malformed {
    Object tree = response.length == 0 ? null : JsonTree.read(response, JsonTree.Duplicates.MARK);
    if (tree == null) {
      return List.of();
    }
    if (!(tree instanceof Map<?, ?> object)) {
      throw new Malformed("the response is no JSON object");
    }
    Object failures = object.get(FAILURES);
    if (failures == null) {
      return List.of();
    }
    if (failures instanceof List<?> items) {
      return items;
    }
    throw new Malformed(FAILURES + " is no list");
  }

  private static StreamRecord named(
      @Nullable Object item, List<StreamRecord> batch, StreamSource source) throws Malformed {
    Object identifier = item instanceof Map<?, ?> object ? object.get(IDENTIFIER) : null;
    Optional<StreamSource.Position> position = source.position(identifier);
    if (position.isEmpty()) {
      throw new Malformed("an item's " + IDENTIFIER + " is missing, empty or malformed");
    }
    for (StreamRecord record : batch) {
      if (position.get().names(record)) {
        return record;
      }
    }
    throw new Malformed(IDENTIFIER + " " + identifier + " is not in the batch");
  }

  private static Decision success(String reason) {
    return new Decision(Verdict.SUCCESS, List.of(), reason);
  }

  private static Decision failure(List<StreamRecord> batch, String reason) {
    return new Decision(Verdict.FAILURE, batch, reason);
  }

  /** The response is one that fails the whole batch. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }
}
