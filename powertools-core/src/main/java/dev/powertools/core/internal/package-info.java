// SPDX-License-Identifier: Apache-2.0
/**
 * Public only because packages of the toolkit need each other; not for users, and free to change.
 */
@NullMarked
package dev.powertools.core.internal;

import org.jspecify.annotations.NullMarked;
