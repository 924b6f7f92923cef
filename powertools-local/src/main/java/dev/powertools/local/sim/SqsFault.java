// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

/** What can go wrong between an event source mapping and a function. */
public enum SqsFault {

  /** The function runs to its end, and its response is lost: the whole batch returns. */
  DROP_RESPONSE,

  /**
   * The function runs, and is held to have run into its timeout: the clock moves to the deadline,
   * its response does not count.
   */
  TIMEOUT,

  /** The function is killed before it does anything: the whole batch returns. */
  KILL,

  /** The function has no concurrency left: the batch is held and tried again. */
  THROTTLE
}
