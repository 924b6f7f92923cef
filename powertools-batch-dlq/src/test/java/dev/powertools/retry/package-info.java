// SPDX-License-Identifier: Apache-2.0
/** Tests of attempts. */
@NullMarked
package dev.powertools.retry;

import org.jspecify.annotations.NullMarked;
