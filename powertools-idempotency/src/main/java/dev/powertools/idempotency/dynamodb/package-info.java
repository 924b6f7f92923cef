// SPDX-License-Identifier: Apache-2.0
/** Claims and results in an Amazon DynamoDB table. */
@NullMarked
package dev.powertools.idempotency.dynamodb;

import org.jspecify.annotations.NullMarked;
