// SPDX-License-Identifier: Apache-2.0
/**
 * Spans by OpenTelemetry: {@link dev.powertools.tracing.Tracing} on a handler or any method, {@link
 * dev.powertools.tracing.Traces} in code. Without an SDK or agent no class of OpenTelemetry is
 * loaded.
 */
@NullMarked
package dev.powertools.tracing;

import org.jspecify.annotations.NullMarked;
