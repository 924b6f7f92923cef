// SPDX-License-Identifier: Apache-2.0
/** What a store of claims and results has to do; for those who write one. */
@NullMarked
package dev.powertools.idempotency.spi;

import org.jspecify.annotations.NullMarked;
