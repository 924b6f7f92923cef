// SPDX-License-Identifier: Apache-2.0
/** Handlers that are not woven: base classes and plain code. */
@NullMarked
package dev.powertools.tests;

import org.jspecify.annotations.NullMarked;
