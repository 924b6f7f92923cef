// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.util.Set;

/**
 * What all tenants may read. Immutable.
 *
 * @param service as the SDK names it
 * @param name the table or bucket
 * @param prefix what keys of the bucket begin with
 * @param operations that are allowed
 */
public record SharedResource(
    String service, ResourceName name, String prefix, Set<String> operations) {}
