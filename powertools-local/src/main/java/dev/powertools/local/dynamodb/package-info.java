// SPDX-License-Identifier: Apache-2.0
/** DynamoDB Local, started from the user's own copy. */
@NullMarked
package dev.powertools.local.dynamodb;

import org.jspecify.annotations.NullMarked;
