// SPDX-License-Identifier: Apache-2.0
/** Tests. */
@NullMarked
package dev.powertools.idempotency;

import org.jspecify.annotations.NullMarked;
