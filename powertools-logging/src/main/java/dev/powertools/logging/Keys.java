// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import java.util.HashSet;
import java.util.Set;

/** The names that lines use for what is not the user's. */
final class Keys {

  static final String TIMESTAMP = "timestamp";
  static final String LEVEL = "level";
  static final String SERVICE = "service";
  static final String MESSAGE = "message";
  static final String LOGGER = "logger";
  static final String THREAD = "thread";
  static final String THREAD_ID = "thread_id";
  static final String THREAD_PRIORITY = "thread_priority";
  static final String COLD_START = "cold_start";
  static final String FUNCTION_NAME = "function_name";
  static final String FUNCTION_VERSION = "function_version";
  static final String FUNCTION_MEMORY = "function_memory_size";
  static final String FUNCTION_ARN = "function_arn";
  static final String REQUEST_ID = "function_request_id";
  static final String XRAY_TRACE_ID = "xray_trace_id";
  static final String TRACE_ID = "trace_id";
  static final String SPAN_ID = "span_id";
  static final String ERROR = "error";

  /** What the layout itself writes: closed to facts as well. */
  private static final Set<String> OWN =
      Set.of(
          TIMESTAMP,
          LEVEL,
          SERVICE,
          MESSAGE,
          LOGGER,
          THREAD,
          THREAD_ID,
          THREAD_PRIORITY,
          COLD_START,
          FUNCTION_NAME,
          FUNCTION_VERSION,
          FUNCTION_MEMORY,
          FUNCTION_ARN,
          REQUEST_ID,
          XRAY_TRACE_ID,
          ERROR);

  /** These, and what features write as facts: closed to the user's keys, also where absent. */
  private static final Set<String> RESERVED = reserved();

  private Keys() {}

  private static Set<String> reserved() {
    Set<String> names = new HashSet<>(OWN);
    names.addAll(Set.of("correlation_id", "sampling_rate", "tenant_id", "location"));
    return Set.copyOf(names);
  }

  static boolean isOwn(String name) {
    return OWN.contains(name);
  }

  static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }
}
