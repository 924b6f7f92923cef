// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A span as it ended. Equal to itself alone. Immutable.
 *
 * @see Spans
 */
public final class RecordedSpan {

  /**
   * Another span that this one is tied to: a sender's, as a rule.
   *
   * @param traceId of its trace
   * @param spanId its own
   */
  public record Link(String traceId, String spanId) {}

  /**
   * Something that happened during a span: an exception, a signal.
   *
   * @param name what
   * @param attributes text, numbers, booleans and lists
   */
  public record Event(String name, Map<String, Object> attributes) {}

  /** What a span is made of. */
  record Content(
      String name,
      String kind,
      String traceId,
      String spanId,
      String parentId,
      boolean failed,
      String statusText,
      Map<String, Object> attributes,
      List<Link> links,
      List<Event> events) {}

  private final Spans all;
  private final int order;
  private final Content content;

  RecordedSpan(Spans all, int order, Content content) {
    this.all = all;
    this.order = order;
    this.content = content;
  }

  int order() {
    return order;
  }

  /** Its name. */
  public String name() {
    return content.name();
  }

  /** {@code INTERNAL}, {@code SERVER}, {@code CLIENT}, {@code PRODUCER} or {@code CONSUMER}. */
  public String kind() {
    return content.kind();
  }

  /** The id of its trace. */
  public String traceId() {
    return content.traceId();
  }

  /** Its id. */
  public String spanId() {
    return content.spanId();
  }

  /** The id of its parent, wherever that was made; zeros if it has none. */
  public String parentId() {
    return content.parentId();
  }

  /** Its parent, if it is one of this test's. */
  public Optional<RecordedSpan> parent() {
    return all.find(content.traceId(), content.parentId());
  }

  /** Those whose parent it is. */
  public List<RecordedSpan> children() {
    return all.childrenOf(this);
  }

  /** Whether it is marked as failed. */
  public boolean failed() {
    return content.failed();
  }

  /** What is said about the failure; empty text for nothing. */
  public String statusText() {
    return content.statusText();
  }

  /** Its attributes: text, numbers, booleans and lists. */
  public Map<String, Object> attributes() {
    return content.attributes();
  }

  /** An attribute as text. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(content.attributes().get(name)).map(Object::toString);
  }

  /** What it is linked to. */
  public List<Link> links() {
    return content.links();
  }

  /** What happened during it. */
  public List<Event> events() {
    return content.events();
  }

  /** Such as {@code process orders [CONSUMER] failed: no price, linked to 53995c3f42cd8ad8}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name()).append(" [").append(kind()).append(']');
    if (failed()) {
      text.append(" failed: ").append(statusText());
    }
    links().forEach(link -> text.append(", linked to ").append(link.spanId()));
    return text.toString();
  }
}
