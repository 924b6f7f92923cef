// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

/** What to do about keys that can't tell tenants apart, as {@link KeyFormat#AWS_POWERTOOLS}. */
public enum SharedKeys {
  /** Initialisation fails where the runtime requires a key-scoping fact, such as the tenant. */
  REFUSE,
  /** All tenants share a key: two of them that send the same one get the same result. */
  ACCEPT
}
