// SPDX-License-Identifier: Apache-2.0
/** Limits for each tenant, so that one tenant's load does not become every tenant's wait. */
@NullMarked
package dev.powertools.tenancy.limit;

import org.jspecify.annotations.NullMarked;
