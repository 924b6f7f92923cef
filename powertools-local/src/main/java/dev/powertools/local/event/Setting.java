// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

/**
 * Something that a builder can be told; compared by identity.
 *
 * @param <T> the type of its value
 */
@SuppressWarnings("UnusedTypeParameter") // T ties a value to its setting
final class Setting<T> {}
