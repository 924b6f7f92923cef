// SPDX-License-Identifier: Apache-2.0
/** What users implement: further sources of the tenant, and the directory of tenants. */
@NullMarked
package dev.powertools.tenancy.spi;

import org.jspecify.annotations.NullMarked;
