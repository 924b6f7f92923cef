// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the function of a runtime was refused for lack of a permission: it is not asked for again,
 * since a policy that is changed later means another environment soon enough. Thread-safe.
 */
final class Denials {

  private final Set<String> denied = ConcurrentHashMap.newKeySet();

  boolean has(String permission, String queue) {
    return denied.contains(permission + " " + queue);
  }

  /** Notes a denial; whether it is the first of its kind. */
  boolean isNew(String permission, String queue) {
    return denied.add(permission + " " + queue);
  }
}
