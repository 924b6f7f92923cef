// SPDX-License-Identifier: Apache-2.0
/**
 * JSON logs: {@link dev.powertools.logging.Logging} on a handler, {@link
 * dev.powertools.logging.Logs} in code, and one JSON object a line on standard output.
 */
@NullMarked
package dev.powertools.logging;

import org.jspecify.annotations.NullMarked;
