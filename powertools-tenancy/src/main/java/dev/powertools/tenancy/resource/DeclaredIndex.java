// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import dev.powertools.tenancy.source.KeyFormat;
import org.jspecify.annotations.Nullable;

/**
 * An index of a declared table. Immutable.
 *
 * @param name the name
 * @param pk the attribute that is its partition key
 * @param format what its values look like; null if they say nothing of tenants
 * @param global whether no tenant may query it
 */
public record DeclaredIndex(String name, String pk, @Nullable KeyFormat format, boolean global) {}
