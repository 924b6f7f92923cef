// SPDX-License-Identifier: Apache-2.0
/** Orders come in by a queue; each is charged once. */
@NullMarked
package dev.powertools.examples.orders;

import org.jspecify.annotations.NullMarked;
