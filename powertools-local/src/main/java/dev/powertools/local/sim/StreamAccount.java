// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The story of each record, in virtual times since the start, and its fate. Confined to its
 * simulator's lock.
 */
final class StreamAccount {

  private final Instant start;
  private final Map<StreamRecord, Story> stories = new LinkedHashMap<>();

  StreamAccount(Instant start) {
    this.start = start;
  }

  void sent(StreamRecord record) {
    stories.put(record, new Story(start));
    tell(record, record.arrival(), 0, "sent");
  }

  /**
   * Adds a line.
   *
   * @param invocation the number of the invocation that it is about; 0 if there was none
   */
  void tell(StreamRecord record, Instant at, int invocation, String text) {
    story(record).lines.tell(at, invocation, text);
  }

  /** Decides a record's fate, once. */
  void end(StreamRecord record, Instant at, int invocation, StreamFate fate, String why) {
    Story story = story(record);
    if (story.fate != StreamFate.IN_STREAM) {
      throw new IllegalStateException(record + " has its fate already: " + story.fate);
    }
    story.fate = fate;
    String told = fate.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    tell(record, at, invocation, told + ": " + why);
  }

  StreamFate fate(StreamRecord record) {
    return story(record).fate;
  }

  List<StreamRecord> records() {
    return List.copyOf(stories.keySet());
  }

  String explain() {
    StringBuilder text = new StringBuilder();
    stories.keySet().forEach(record -> text.append(explain(record)));
    return text.toString();
  }

  String explain(StreamRecord record) {
    return record + "\n" + story(record).lines.text();
  }

  private Story story(StreamRecord record) {
    Story story = stories.get(record);
    if (story == null) {
      throw new IllegalArgumentException(record + " is no record of this stream");
    }
    return story;
  }

  private static final class Story {
    private final StreamStory lines;
    private StreamFate fate = StreamFate.IN_STREAM;

    Story(Instant start) {
      lines = new StreamStory(start);
    }
  }
}
