// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

/**
 * The key of one call, computed once when the claim is made.
 *
 * @param id under which a store keeps the record
 * @param operation the name of the work
 * @param hash of all that the key consists of
 */
record ClaimKey(String id, String operation, String hash) {

  /** For messages: the hash, never what it was made from. */
  @Override
  public String toString() {
    return operation + " with key hash " + hash;
  }
}
