// SPDX-License-Identifier: Apache-2.0
/** The events of the sources that invoke functions, as the bytes that the platform sends. */
@NullMarked
package dev.powertools.local.event;

import org.jspecify.annotations.NullMarked;
