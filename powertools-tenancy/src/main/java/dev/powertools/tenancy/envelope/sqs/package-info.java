// SPDX-License-Identifier: Apache-2.0
/** Signs what an SQS client of the AWS SDK sends. The only package here that needs the SDK. */
@NullMarked
package dev.powertools.tenancy.envelope.sqs;

import org.jspecify.annotations.NullMarked;
