// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

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

  static final String CORRELATION_ID = "correlation_id";
  static final String SAMPLING_RATE = "sampling_rate";
  static final String TENANT_ID = "tenant_id";
  static final String LOCATION = "location";

  /** What the layout itself writes: closed to facts as well. */
  static final Set<String> OWN =
      Set.of(
          TIMESTAMP,
          LEVEL,
          SERVICE,
          MESSAGE,
          LOGGER,
          LOCATION,
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
  static final Set<String> RESERVED = with(OWN, CORRELATION_ID, SAMPLING_RATE, TENANT_ID);

  /** What can be renamed and removed. */
  static final Set<String> FIELDS = with(RESERVED, TRACE_ID, SPAN_ID);

  private Keys() {}

  private static Set<String> with(Set<String> names, String... more) {
    Set<String> all = new TreeSet<>(names);
    Collections.addAll(all, more);
    return Collections.unmodifiableSet(all);
  }
}
