// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

/**
 * Marks handlers whose one event holds many records, each a unit of work of its own: what means one
 * unit of work is refused on their type and belongs on the method that handles a record.
 */
public interface BatchHandler {}
