// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.http;

/**
 * What a server takes at most.
 *
 * @param headBytes the request line and all headers
 * @param bodyBytes one body
 * @param connections open at the same time
 */
public record HttpLimits(int headBytes, int bodyBytes, int connections) {}
