// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/**
 * DynamoDB did not do what the store asked for. The message names table, operation, cause and how
 * to mend it. It is the cause of the {@link dev.powertools.idempotency.IdempotencyStoreException}
 * that a call gets.
 */
public final class DynamoDbStoreException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  DynamoDbStoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What is wrong, as far as it can be told. */
  public enum Reason {
    /** There is no such table in the account and region. */
    NO_TABLE,
    /** The table's keys are not those that the store writes. */
    WRONG_KEYS,
    /** The function's role may not do it. */
    ACCESS_DENIED,
    /** The credentials have expired, or are none that the service knows. */
    BAD_CREDENTIALS,
    /** More requests than the table or the account takes at the moment. */
    THROTTLED,
    /** No answer in time, or no connection. */
    NO_ANSWER,
    /** The record is larger than an item can be. */
    TOO_LARGE,
    /** A transaction holds the item at the moment. */
    IN_TRANSACTION,
    /** What is there under the key is no record that this version can read. */
    UNREADABLE,
    /** Anything else; the cause says more. */
    OTHER
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
