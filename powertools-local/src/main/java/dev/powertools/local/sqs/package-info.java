// SPDX-License-Identifier: Apache-2.0
/**
 * SQS on this machine: queues in memory ({@link dev.powertools.local.sqs.LocalQueues}) and the
 * event source mapping that feeds a function from one ({@link
 * dev.powertools.local.sqs.SqsEventSourceMapping}), to the letter of AWS's rules.
 */
@NullMarked
package dev.powertools.local.sqs;

import org.jspecify.annotations.NullMarked;
