// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

/** What a service puts around a payload on its way to a queue. */
public enum Envelope {
  /**
   * A topic of SNS whose subscription has no raw message delivery. Inside is {@code Message}; its
   * message attributes, {@code Subject} and {@code TopicArn} are {@linkplain RecordContext#header
   * headers}.
   */
  SNS("Message"),
  /**
   * A bus of EventBridge. Inside is {@code detail}; {@code detail-type}, {@code source}, {@code
   * id}, {@code time}, {@code account} and {@code region} are {@linkplain RecordContext#header
   * headers}.
   */
  EVENTBRIDGE("detail"),
  /**
   * A notification of S3. Inside are its {@code Records}: for a payload type that is a list all of
   * them, for another the only one. The test event that S3 sends when notifications are set up is
   * ignored.
   */
  S3("Records");

  /** The member that holds what is inside. */
  final String content;

  Envelope(String content) {
    this.content = content;
  }
}
