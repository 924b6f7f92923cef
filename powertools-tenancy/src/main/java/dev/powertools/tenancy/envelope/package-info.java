// SPDX-License-Identifier: Apache-2.0
/**
 * The signed envelope: how a message says whose it is, so that its receiver can prove it. Nothing
 * here needs an AWS client.
 */
@NullMarked
package dev.powertools.tenancy.envelope;

import org.jspecify.annotations.NullMarked;
