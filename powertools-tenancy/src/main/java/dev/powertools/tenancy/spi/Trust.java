// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.spi;

/** How far a source of the tenant is believed. All sources that say something must agree. */
public enum Trust {
  /** Somebody we trust has verified it for this very call: an authorizer, a signature. Decides. */
  VERIFIED,
  /** Only our own infrastructure can have put it there: a queue's ARN, a table's key. Decides. */
  INFRA,
  /** The caller says so. May confirm what others say, and never decides. */
  CLIENT
}
