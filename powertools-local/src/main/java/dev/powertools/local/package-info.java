// SPDX-License-Identifier: Apache-2.0
/**
 * Functions on this machine as Lambda runs them: the production runtime client, in a process of its
 * own ({@link dev.powertools.local.LocalFunction#fork fork}) or inside this JVM ({@link
 * dev.powertools.local.LocalFunction#inProcess inProcess}), on the same bytes as in production.
 */
@NullMarked
package dev.powertools.local;

import org.jspecify.annotations.NullMarked;
