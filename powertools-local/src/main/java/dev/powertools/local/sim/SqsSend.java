// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Duration;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A message to be sent to a simulated queue: a body, and what else a sender may say. What SQS would
 * refuse is refused when it is sent. Not thread-safe.
 */
public final class SqsSend {

  private final String body;
  private final TreeMap<String, SqsAttribute> attributes = new TreeMap<>();
  private @Nullable String traceHeader;
  private @Nullable String groupId;
  private @Nullable String deduplicationId;
  private @Nullable Integer delaySeconds;

  private SqsSend(String body) {
    this.body = Objects.requireNonNull(body, "body");
  }

  /** A message with this body and nothing else. */
  public static SqsSend of(String body) {
    return new SqsSend(body);
  }

  /** The message group: an order on FIFO queues, a hint for fairness on others. */
  public SqsSend group(String id) {
    this.groupId = Objects.requireNonNull(id);
    return this;
  }

  /** The deduplication id; FIFO queues only. */
  public SqsSend deduplicationId(String id) {
    this.deduplicationId = Objects.requireNonNull(id);
    return this;
  }

  /** A text attribute. */
  public SqsSend attribute(String name, String text) {
    return attribute(name, "String", text);
  }

  /**
   * An attribute of type {@code String}, {@code Number} or one of one's own, {@code Number.int}.
   */
  public SqsSend attribute(String name, String type, String text) {
    attributes.put(name, new SqsAttribute(type, Objects.requireNonNull(text), null));
    return this;
  }

  /** An attribute of bytes. */
  public SqsSend attribute(String name, byte[] bytes) {
    attributes.put(name, new SqsAttribute("Binary", null, SdkBytes.fromByteArray(bytes)));
    return this;
  }

  /** The X-Ray header, {@code AWSTraceHeader}, which counts towards no limit. */
  public SqsSend traceHeader(String header) {
    this.traceHeader = Objects.requireNonNull(header);
    return this;
  }

  /** How long it stays hidden, in whole seconds up to 15 minutes; standard queues only. */
  public SqsSend delay(Duration delay) {
    this.delaySeconds = Math.toIntExact(delay.toSeconds());
    return this;
  }

  SqsOutgoing outgoing() {
    return new SqsOutgoing(body, attributes, traceHeader, groupId, deduplicationId, delaySeconds);
  }
}
