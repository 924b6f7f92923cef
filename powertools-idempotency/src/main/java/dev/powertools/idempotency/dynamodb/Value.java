// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

/** The value of an attribute, of the types that a record is kept in. Immutable. */
sealed interface Value {

  /** Type {@code S}. */
  record Text(String text) implements Value {}

  /** Type {@code N}, as digits. */
  record Digits(String digits) implements Value {}

  /** Type {@code B}; nobody changes the bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] bytes) implements Value {}

  /** A type that no record is kept in: another program's attribute. */
  record Other(String type) implements Value {}

  static Value of(String text) {
    return new Text(text);
  }

  static Value of(long number) {
    return new Digits(Long.toString(number));
  }
}
