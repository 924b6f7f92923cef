// SPDX-License-Identifier: Apache-2.0
/** More attempts of work that failed in passing, inside the time left and within a budget. */
@NullMarked
package dev.powertools.retry;

import org.jspecify.annotations.NullMarked;
