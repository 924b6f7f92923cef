// SPDX-License-Identifier: Apache-2.0
/** What a tenant's client may ask of each service, as data; what is not named is denied. */
@NullMarked
package dev.powertools.tenancy.aws.rules;

import org.jspecify.annotations.NullMarked;
