// SPDX-License-Identifier: Apache-2.0
/** The events that functions are invoked with, whatever form they come in. */
@NullMarked
package dev.powertools.core.event;

import org.jspecify.annotations.NullMarked;
