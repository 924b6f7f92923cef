// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.AttributeKey;
import dev.powertools.core.Outcome;
import dev.powertools.core.WorkContext;
import dev.powertools.core.event.EventView;
import org.jspecify.annotations.Nullable;

/** What the engine needs to know about a record, whatever its source. Immutable. */
interface BatchRecord extends WorkContext {

  /** By what the source knows it. */
  @Override
  String id();

  /** What its id is called among the facts of its unit of work. */
  AttributeKey<String> idKey();

  /** What stays the same over redeliveries and redrives. */
  String workId();

  /** Whether somebody else says its work id: what was sent once more, by other hands. */
  default boolean isCopy() {
    return false;
  }

  /** Records of the same lane run one after the other; {@code null} for no order. */
  @Nullable String lane();

  /**
   * With whose records it shares the permits, unless that is said otherwise; {@code null} if with
   * none.
   */
  default @Nullable String group() {
    return null;
  }

  /** When it was sent, in milliseconds since 1970; zero if nobody knows. */
  default long sentMillis() {
    return 0;
  }

  /** The ARN of where it came from. */
  @Override
  String source();

  /**
   * Whether it comes from a queue, which can be asked for things and may name a dead-letter queue.
   */
  boolean isQueued();

  /** Whether all that is behind it in its batch is delivered again if it is. */
  default boolean isCheckpoint() {
    return false;
  }

  /** How often it was delivered, this time included; zero if nobody counts. */
  int receiveCount();

  /** How often it came back from the dead-letter queue, as far as it says so itself. */
  default int redrives() {
    return 0;
  }

  /** By what the source knows this delivery of it; {@code null} if it can't be told anything. */
  @Nullable String receipt();

  /** Its payload, to read single values from. */
  EventView event();

  /**
   * Its payload.
   *
   * @throws UndecodableRecordException if it is not what the reader reads
   */
  Object payload(PayloadReader reader);

  /** What it comes to without anybody handling it; {@code null} if it has to be handled. */
  default @Nullable Outcome known() {
    return null;
  }

  /** All of it, as a message to a queue. */
  DeadLetterMessage letter();

  /**
   * The same with what is known of its failure.
   *
   * @param frames how many frames of that it shows
   */
  default DeadLetterMessage deadLetter(Parked parked, int frames) {
    return FailureNote.attach(this, parked, frames);
  }
}
