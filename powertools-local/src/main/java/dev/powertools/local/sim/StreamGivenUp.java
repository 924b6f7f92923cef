// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives records up: those whose retries are used up, those that are too old to be sent, and those
 * that the stream no longer keeps. Of the last no destination is told, since there is nothing left
 * to tell of. Confined to its mapping's lock.
 */
final class StreamGivenUp {

  private final StreamOptions options;
  private final StreamSource source;
  private final String functionArn;
  private final StreamAccount account;
  private final StreamIds ids;
  private final Duration retention;
  private final List<StreamFailure> failures = new ArrayList<>();

  StreamGivenUp(
      StreamOptions options,
      StreamSource source,
      String functionArn,
      StreamAccount account,
      StreamIds ids) {
    this.options = options;
    this.source = source;
    this.functionArn = functionArn;
    this.account = account;
    this.ids = ids;
    this.retention = options.retention(source.retention());
  }

  List<StreamFailure> failures() {
    return List.copyOf(failures);
  }

  /** The batch without what the stream no longer keeps. */
  StreamBatch withoutExpired(StreamBatch batch, Instant now) {
    List<StreamRecord> gone = olderThan(retention, batch, now);
    String why = "the stream keeps records for " + retention;
    gone.forEach(record -> account.end(record, now, 0, StreamFate.EXPIRED, why));
    return without(batch, gone);
  }

  /** The batch without what is too old to be sent; that goes to the destination. */
  StreamBatch withoutAged(StreamBatch batch, Instant now) {
    Optional<Duration> limit = options.maximumRecordAge();
    if (limit.isEmpty()) {
      return batch;
    }
    List<StreamRecord> aged = olderThan(limit.get(), batch, now);
    if (!aged.isEmpty()) {
      String told = "older than " + limit.get();
      giveUp(batch.with(aged), StreamFailure.AGE_EXCEEDED, told, now);
    }
    return without(batch, aged);
  }

  void giveUp(StreamBatch batch, String condition, String told, Instant now) {
    StreamDestination destination = options.onFailure().orElse(null);
    if (destination != null) {
      failures.add(failure(batch, condition, now, destination));
    }
    StreamInvocation last = batch.last();
    StreamFate fate = destination == null ? StreamFate.DISCARDED : StreamFate.SENT_TO_DESTINATION;
    for (StreamRecord record : batch.records()) {
      account.end(record, now, number(last), fate, told + "; " + condition);
    }
  }

  private StreamFailure failure(
      StreamBatch batch, String condition, Instant now, StreamDestination destination) {
    StreamInvocation last = batch.last();
    String requestId = last == null ? ids.uuid() : last.requestId();
    StreamFailureJson.Reason reason =
        new StreamFailureJson.Reason(condition, requestId, now, functionArn);
    String document = StreamFailureJson.write(batch, reason, destination, source);
    return new StreamFailure(now, condition, document, batch.records());
  }

  private static int number(@Nullable StreamInvocation invocation) {
    return invocation == null ? 0 : invocation.number();
  }

  private static List<StreamRecord> olderThan(Duration age, StreamBatch batch, Instant now) {
    Instant oldest = now.minus(age);
    return batch.records().stream().filter(r -> r.arrival().isBefore(oldest)).toList();
  }

  private static StreamBatch without(StreamBatch batch, List<StreamRecord> records) {
    if (records.isEmpty()) {
      return batch;
    }
    return batch.with(batch.records().stream().filter(r -> !records.contains(r)).toList());
  }
}
