// SPDX-License-Identifier: Apache-2.0
/**
 * One command that runs a handler on this machine behind HTTP and queues ({@link
 * dev.powertools.local.run.Run}), and the same from a {@code main} of one's own ({@link
 * dev.powertools.local.run.LocalRun}).
 *
 * <p>There are two processes. The <em>launcher</em> reads the options, starts the other one with
 * the function's environment variables (a JVM can't change its own), shows what it prints, and ends
 * with it. The <em>sandbox</em> has everything else: the HTTP front, the queues, and the function
 * under the production runtime client, in class loaders that are replaced when a class changes.
 */
@NullMarked
package dev.powertools.local.run;

import org.jspecify.annotations.NullMarked;
