// SPDX-License-Identifier: Apache-2.0
/**
 * JSON as the toolkit reads and writes it: a writer that always yields valid JSON, canonical bytes,
 * pointers, and codecs for payload types.
 */
@NullMarked
package dev.powertools.core.json;

import org.jspecify.annotations.NullMarked;
