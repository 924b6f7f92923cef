// SPDX-License-Identifier: Apache-2.0
/** Clients of AWS that can reach what is one tenant's, and nothing else. */
@NullMarked
package dev.powertools.tenancy.aws;

import org.jspecify.annotations.NullMarked;
