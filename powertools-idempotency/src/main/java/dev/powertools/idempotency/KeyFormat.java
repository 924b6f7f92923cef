// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

/** Under which ids, and in which form, records are kept. */
public enum KeyFormat {
  /** This library's: SHA-256 over canonical JSON, with function, work and key-scoping facts. */
  OWN,
  /**
   * That of AWS Powertools for Java, so that either library replays what the other has stored, and
   * waits for what the other has begun: {@code {function}.{method}#{md5}}. The method is {@link
   * Idempotent#name} if that is set. The hash is of the selected value; for an object, an array or
   * a fraction as Jackson databind writes it, which has to be on the class path then.
   *
   * <p>For moving from one library to the other: that one neither has tenants in its keys nor
   * honours owners, so it can overwrite what a call of this library has claimed anew.
   */
  AWS_POWERTOOLS
}
