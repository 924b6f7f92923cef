// SPDX-License-Identifier: Apache-2.0
/** Declares what of AWS is the tenants', and how it says whose it is. */
@NullMarked
package dev.powertools.tenancy.resource;

import org.jspecify.annotations.NullMarked;
