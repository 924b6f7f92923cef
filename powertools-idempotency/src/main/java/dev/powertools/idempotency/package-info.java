// SPDX-License-Identifier: Apache-2.0
/** Work is done once for each key, and everybody else gets its result. */
@NullMarked
package dev.powertools.idempotency;

import org.jspecify.annotations.NullMarked;
