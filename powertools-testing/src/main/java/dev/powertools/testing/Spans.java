// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The spans that the functions of one test have made, whoever made them, in the order in which they
 * began. Needs {@code io.opentelemetry:opentelemetry-sdk} on the test's class path. Thread-safe.
 *
 * <pre>{@code
 * RecordedSpan charge = spans.named("Shop.charge");
 * assertThat(charge.parent()).isEqualTo(spans.named("process orders"));
 * }</pre>
 */
public final class Spans {

  private static final String INVOCATION_ID = "faas.invocation_id";

  private final List<RecordedSpan> ended = new ArrayList<>();
  private int begun;

  Spans() {}

  synchronized int begin() {
    return begun++;
  }

  synchronized void add(RecordedSpan span) {
    ended.add(span);
  }

  /** All that have ended. */
  public synchronized List<RecordedSpan> all() {
    List<RecordedSpan> all = new ArrayList<>(ended);
    all.sort(Comparator.comparingInt(RecordedSpan::order));
    return all;
  }

  /** How many have begun and not ended. */
  public synchronized int open() {
    return begun - ended.size();
  }

  /**
   * The one of this name.
   *
   * @throws AssertionError if there is none or more than one; the message shows all
   */
  public RecordedSpan named(String name) {
    List<RecordedSpan> found = allNamed(name);
    if (found.size() != 1) {
      throw new AssertionError(
          found.size() + " spans are called \"" + name + "\", not one. There are:\n" + tree());
    }
    return found.get(0);
  }

  /** Those of this name. */
  public List<RecordedSpan> allNamed(String name) {
    return all().stream().filter(span -> span.name().equals(name)).toList();
  }

  /** Those without a parent among these: the outermost. */
  public List<RecordedSpan> roots() {
    return all().stream().filter(span -> span.parent().isEmpty()).toList();
  }

  /** All as readable text, children under their parents. */
  public String tree() {
    StringBuilder text = new StringBuilder();
    roots().forEach(root -> append(root, "", text));
    return text.toString();
  }

  private static void append(RecordedSpan span, String indent, StringBuilder text) {
    text.append(indent).append(span).append('\n');
    span.children().forEach(child -> append(child, indent + "  ", text));
  }

  Optional<RecordedSpan> find(String traceId, String spanId) {
    return all().stream()
        .filter(span -> span.spanId().equals(spanId) && span.traceId().equals(traceId))
        .findFirst();
  }

  List<RecordedSpan> childrenOf(RecordedSpan parent) {
    return all().stream()
        .filter(
            span ->
                span.parentId().equals(parent.spanId()) && span.traceId().equals(parent.traceId()))
        .toList();
  }

  /** All that the spans of an invocation show: names, failures, attributes, events. */
  List<String> textsOf(String requestId) {
    List<String> texts = new ArrayList<>();
    for (RecordedSpan span : all()) {
      if (span.attribute(INVOCATION_ID).filter(requestId::equals).isPresent()) {
        addTexts(span, texts);
      }
    }
    return texts;
  }

  private static void addTexts(RecordedSpan span, List<String> texts) {
    texts.add(span + " " + span.attributes() + " " + span.events());
    span.children().forEach(child -> addTexts(child, texts));
  }

  @Override
  public String toString() {
    return tree();
  }
}
