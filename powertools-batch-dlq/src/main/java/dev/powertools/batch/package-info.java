// SPDX-License-Identifier: Apache-2.0
/**
 * Batches of records of which each succeeds or fails by itself, and dead letters for those that can
 * never succeed.
 */
@NullMarked
package dev.powertools.batch;

import org.jspecify.annotations.NullMarked;
