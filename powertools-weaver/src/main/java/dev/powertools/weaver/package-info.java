// SPDX-License-Identifier: Apache-2.0
/**
 * The build-time weaver: a Byte Buddy build plugin that puts every annotated method, and every
 * entry method of a handler, through the chain of interceptors. It holds no feature logic.
 */
@NullMarked
package dev.powertools.weaver;

import org.jspecify.annotations.NullMarked;
