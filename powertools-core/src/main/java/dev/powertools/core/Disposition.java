// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

/** What becomes of a piece of work that ended with an exception. */
public enum Disposition {
  /** The work is done in spite of the exception: do not repeat it, do not keep it. */
  DONE,
  /** It may succeed later: deliver it again. Counts as a failed attempt. */
  RETRY_LATER,
  /** It is being done elsewhere: deliver it again, and count no failure and no attempt. */
  WAIT,
  /** It can never succeed as it is: to the dead letters. */
  DEAD_LETTER
}
