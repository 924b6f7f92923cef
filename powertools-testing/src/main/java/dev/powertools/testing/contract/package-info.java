// SPDX-License-Identifier: Apache-2.0
/** Suites that show whether what users plug into the toolkit keeps its contract: extend one. */
@NullMarked
package dev.powertools.testing.contract;

import org.jspecify.annotations.NullMarked;
