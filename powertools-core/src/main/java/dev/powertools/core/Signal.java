// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.util.Map;

/**
 * Something that a feature did and that others may want to tell: a hit, a conflict, a dead letter.
 * Each is a record of the feature's own package. Logging prints signals, tracing adds them to
 * spans.
 */
public interface Signal {

  /** The name in the form {@code feature.event}, such as {@code idempotency.hit}. */
  String name();

  /** What is worth telling beside the name; never a secret and never a raw key. */
  default Map<String, Object> fields() {
    return Map.of();
  }
}
