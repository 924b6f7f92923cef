// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.time.Instant;
import java.util.Map;

/**
 * A tumbling window of a stream: records of a stretch of time, over which a state is carried from
 * one invocation to the next. Records of a window are handled one after the other, whatever {@link
 * Parallel} says.
 *
 * <p>A state that the record method sets counts if its record is done or ignored, and is as it was
 * if not, since the record comes again. If nobody sets one, it is carried on unchanged.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html">Lambda:
 *     stateful processing of Kinesis streams</a>
 */
public interface Window {

  /** When it begins. */
  Instant start();

  /** When it ends. */
  Instant end();

  /** The shard; empty text if the event names none. */
  String shardId();

  /** Whether this is the last invocation for the window. */
  boolean isFinal();

  /** Whether the window was ended before its time, since its state grew over 1 MB. */
  boolean isTerminatedEarly();

  /** The state as it is now, without what can't be modified; values that are no text as JSON. */
  Map<String, String> state();

  /**
   * Sets the state.
   *
   * @throws dev.powertools.core.InvocationClosedException if the record's time is over
   */
  void state(Map<String, String> state);
}
