// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.WorkContext;
import dev.powertools.core.event.EventView;
import org.jspecify.annotations.Nullable;

/** What the engine needs to know about a record, whatever its source. Immutable. */
interface BatchRecord extends WorkContext {

  /** By what the source knows it. */
  @Override
  String id();

  /** What stays the same over redeliveries and redrives. */
  String workId();

  /** Records of the same lane run one after the other; {@code null} for no order. */
  @Nullable String lane();

  /** The ARN of where it came from. */
  @Override
  String source();

  /** How often it was delivered, this time included. */
  int receiveCount();

  /** By what the source knows this delivery of it; {@code null} if it can't be told anything. */
  @Nullable String receipt();

  /** Its event, to read single values from. */
  EventView event();

  /** Its dead letter. */
  DeadLetterMessage deadLetter(Parked parked);
}
