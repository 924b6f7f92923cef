// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Instant;

/**
 * One invocation of the function by a mapping.
 *
 * @param number counted from 1 over the whole mapping
 * @param requestId what the function saw
 * @param at when the function had answered
 * @param functionError whether the function failed, rather than naming failures
 */
record StreamInvocation(int number, String requestId, Instant at, boolean functionError) {}
