// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

/**
 * A declared function. Immutable.
 *
 * @param name the name
 * @param perTenant whether calls carry the tenant's id
 */
public record DeclaredFunction(ResourceName name, boolean perTenant) {}
