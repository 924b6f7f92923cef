// SPDX-License-Identifier: Apache-2.0
/** AWS under the SDK: faults beneath its own retries, and answers from memory. */
@NullMarked
package dev.powertools.local.aws;

import org.jspecify.annotations.NullMarked;
