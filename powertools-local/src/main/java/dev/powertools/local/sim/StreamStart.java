// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Instant;

/**
 * From where a mapping reads a stream when it starts.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html">StartingPosition</a>
 */
public final class StreamStart {
  private static final StreamStart TRIM_HORIZON = new StreamStart("TRIM_HORIZON", Instant.MIN);
  private static final StreamStart LATEST = new StreamStart("LATEST", Instant.MAX);

  private final String name;
  private final Instant from;

  private StreamStart(String name, Instant from) {
    this.name = name;
    this.from = from;
  }

  /** With the oldest record that the stream still has. */
  public static StreamStart trimHorizon() {
    return TRIM_HORIZON;
  }

  /** With the first record that is sent after the mapping started. */
  public static StreamStart latest() {
    return LATEST;
  }

  /** With the first record that came at this moment or later. */
  public static StreamStart at(Instant moment) {
    return new StreamStart("AT_TIMESTAMP " + moment, moment);
  }

  /** Whether a record that was there when the mapping started is read. */
  boolean reads(StreamRecord record) {
    return !record.arrival().isBefore(from);
  }

  @Override
  public String toString() {
    return name;
  }
}
