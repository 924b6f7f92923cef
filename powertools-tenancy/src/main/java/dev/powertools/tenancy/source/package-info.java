// SPDX-License-Identifier: Apache-2.0
/** Where the tenant comes from, for each form of event: annotations, and the same in code. */
@NullMarked
package dev.powertools.tenancy.source;

import org.jspecify.annotations.NullMarked;
