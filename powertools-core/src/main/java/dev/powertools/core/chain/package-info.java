// SPDX-License-Identifier: Apache-2.0
/** The chain of interceptors that a call passes through, and how annotations become its links. */
@NullMarked
package dev.powertools.core.chain;

import org.jspecify.annotations.NullMarked;
