// SPDX-License-Identifier: Apache-2.0
/** The vocabulary that every feature shares: units of work, outcomes, failures, signals. */
@NullMarked
package dev.powertools.core;

import org.jspecify.annotations.NullMarked;
