// SPDX-License-Identifier: Apache-2.0
/** Keeps secrets out of what people read: logs, spans and failure texts. */
@NullMarked
package dev.powertools.core.redact;

import org.jspecify.annotations.NullMarked;
