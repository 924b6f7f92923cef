// SPDX-License-Identifier: Apache-2.0
/**
 * The harness: plain JUnit tests that send the same bytes through the same runtime client as
 * production, without the cloud.
 */
@NullMarked
package dev.powertools.testing;

import org.jspecify.annotations.NullMarked;
