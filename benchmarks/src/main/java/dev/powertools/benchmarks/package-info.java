// SPDX-License-Identifier: Apache-2.0
/** Functions whose start is measured. */
@NullMarked
package dev.powertools.benchmarks;

import org.jspecify.annotations.NullMarked;
