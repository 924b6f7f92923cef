// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

/** Where a user's own links write. */
@FunctionalInterface
public interface AuditTrail {

  /** Adds a line. */
  void add(String line);
}
