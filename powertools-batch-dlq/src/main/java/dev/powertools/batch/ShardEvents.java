// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What events of Kinesis and DynamoDB streams have in common as Java objects. */
final class ShardEvents {

  private ShardEvents() {}

  static StreamsEventResponse response(List<? extends BatchRecord> failed) {
    List<BatchItemFailure> failures = new ArrayList<>(1);
    for (BatchRecord record : ShardSource.first(failed)) {
      failures.add(new BatchItemFailure(record.id()));
    }
    return new StreamsEventResponse(failures);
  }

  static void requireNoWindow(boolean window, Class<?> baseClass) {
    if (window) {
      throw new MalformedEventException(
          "The event is one of a tumbling window, whose state a StreamsEventResponse would lose."
              + " Extend "
              + baseClass.getSimpleName()
              + " instead. Nothing of the event was handled.");
    }
  }

  static String required(@Nullable String value, String what, int index) {
    if (value == null || value.isEmpty()) {
      throw new MalformedEventException(
          "Record "
              + index
              + " of the event has no "
              + what
              + ", and could not be reported if it failed. Nothing of the event was handled.");
    }
    return value;
  }

  @SuppressWarnings("JavaUtilDate") // the event library's choice
  static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : Instant.ofEpochMilli(date.getTime());
  }
}
