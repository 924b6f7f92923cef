// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

/** Why an envelope does not prove whose a message is. */
public enum EnvelopeRefusal {
  /** The message has none. */
  MISSING("the message has none, so its sender has no plugin that signs"),
  /** There are several, or several messages, and nothing says which one counts. */
  DOUBLED("there is more than one"),
  /** It is longer than any envelope. */
  OVERSIZED("it is longer than any envelope"),
  /** A bare id, or a text like it: nobody signed it. */
  UNSIGNED("it has no signature"),
  /** It does not have the form of an envelope. */
  MALFORMED("it does not have the form of an envelope"),
  /** It is of a version that is not known here. */
  OTHER_VERSION("it is of another version. Does its sender use a newer release?"),
  /** It names a key that is not known here. */
  UNKNOWN_KEY("it names a key that is not known here. New keys go to receivers first"),
  /** Its key was retired more than 30 days ago. */
  RETIRED_KEY("its key was retired more than 30 days ago"),
  /** Its signature is not that of the key that it names. */
  FORGED("its signature is wrong"),
  /** It was signed for another queue, topic or bus. */
  OTHER_DESTINATION("it was signed for another destination"),
  /** The body is not the one that was signed. */
  OTHER_BODY("the body is not the one that was signed. Sign anew after an edit"),
  /** It was too old when the message was sent, or when that was is not known. */
  TOO_OLD("it was older than maxAge when the message was sent"),
  /** It is signed, for what is no tenant id. */
  NO_TENANT("it is signed for what is not a tenant id");

  private final String text;

  EnvelopeRefusal(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
