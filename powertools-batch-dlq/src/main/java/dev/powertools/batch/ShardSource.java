// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.ConfigurationException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The shards of Kinesis and DynamoDB streams: what is delivered again is told by its first record,
 * and the state of a tumbling window goes back whatever becomes of the records. Thread-safe.
 *
 * @param kind what an event should be
 * @param reader reads records
 * @param end is told of the end of a window
 */
record ShardSource<R extends BatchRecord>(
    String kind, StreamEvent.RecordReader<R> reader, WindowEnd end) implements Source<R> {

  /** Told of the last invocation of a window. */
  @FunctionalInterface
  interface WindowEnd {
    void ended(Window window) throws Exception;
  }

  @Override
  public byte[] handle(byte[] event, UnaryOperator<List<R>> run) throws Exception {
    StreamEvent<R> read = StreamEvent.read(event, kind, reader);
    List<R> failed = run.apply(read.records());
    StreamWindow window = read.window();
    if (window.isPresent() && window.isFinal() && failed.isEmpty()) {
      end.ended(window);
    }
    return PartialBatchResponse.write(first(failed), window);
  }

  /** The platform repeats everything from the first of them on. */
  static <R> List<R> first(List<R> failed) {
    return failed.isEmpty() ? failed : failed.subList(0, 1);
  }

  /**
   * Refuses what a stream can't do.
   *
   * @throws ConfigurationException naming it
   */
  static BatchOptions checked(BatchOptions options) {
    if (options.redelivery().isPresent()) {
      throw new ConfigurationException(
          "@Redelivery on the handler of a stream: streams hide no record for a time. What failed"
              + " is delivered again by the event source mapping; limit that by its"
              + " MaximumRetryAttempts or MaximumRecordAgeInSeconds.");
    }
    if (options.poisonAfterReceives().isPresent()) {
      throw new ConfigurationException(
          "@DeadLetter(poisonAfterReceives) on the handler of a stream: streams do not tell how"
              + " often a record was received. Limit that by MaximumRetryAttempts of the event"
              + " source mapping.");
    }
    if (options.unwrap().isPresent()) {
      throw new ConfigurationException(
          "@Unwrap on the handler of a stream: it is for the bodies of SQS messages. Name the"
              + " envelope's own shape as the payload type.");
    }
    if (options.acknowledgedEvery().isPresent()) {
      throw new ConfigurationException(
          "@EarlyAcknowledge on the handler of a stream: nothing is deleted from a stream, only the"
              + " response moves the place from which it goes on.");
    }
    return options;
  }
}
