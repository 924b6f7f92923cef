// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

/**
 * Marks types that tell about a unit of work beside its payload, as {@link
 * com.amazonaws.services.lambda.runtime.Context} does: a parameter of such a type is never taken
 * for the payload, by a key's pointer for example.
 */
public interface WorkContext {}
