// SPDX-License-Identifier: Apache-2.0
/** Credentials that reach what is one tenant's, and nothing else. */
@NullMarked
package dev.powertools.tenancy.aws.credentials;

import org.jspecify.annotations.NullMarked;
