// SPDX-License-Identifier: Apache-2.0
/**
 * Who the tenant is: told by verified sources, checked before the function's code runs, in force
 * while it does, and gone afterwards.
 */
@NullMarked
package dev.powertools.tenancy;

import org.jspecify.annotations.NullMarked;
