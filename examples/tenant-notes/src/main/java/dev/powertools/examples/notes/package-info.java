// SPDX-License-Identifier: Apache-2.0
/** Notes of many tenants: written over HTTP, counted behind a queue that all of them share. */
@NullMarked
package dev.powertools.examples.notes;

import org.jspecify.annotations.NullMarked;
