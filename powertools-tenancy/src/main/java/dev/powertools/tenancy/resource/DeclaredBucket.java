// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import dev.powertools.tenancy.source.KeyFormat;
import org.jspecify.annotations.Nullable;

/**
 * A declared bucket. Immutable.
 *
 * @param name the name
 * @param keys what keys look like; null if all in it is one tenant's
 */
public record DeclaredBucket(ResourceName name, @Nullable KeyFormat keys) {}
