// SPDX-License-Identifier: Apache-2.0
/** Simulators of event sources on virtual time: deterministic by seed, and able to explain. */
@NullMarked
package dev.powertools.local.sim;

import org.jspecify.annotations.NullMarked;
