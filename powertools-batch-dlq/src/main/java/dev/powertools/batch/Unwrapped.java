// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Unwrapping.Content;
import dev.powertools.core.event.EventView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is inside the body of one message; looked at when it is first asked for. Two threads may
 * both do so, to the same end.
 */
final class Unwrapped {

  private final Unwrapping unwrapping;
  private final String recordId;
  private final String body;
  private @Nullable Content content;

  private Unwrapped(Unwrapping unwrapping, String recordId, String body) {
    this.unwrapping = unwrapping;
    this.recordId = recordId;
    this.body = body;
  }

  /** The same messages, with what is inside their bodies. */
  static List<SqsMessage> in(List<SqsMessage> messages, Unwrapping unwrapping) {
    List<SqsMessage> unwrapped = new ArrayList<>(messages.size());
    for (SqsMessage message : messages) {
      unwrapped.add(message.with(new Unwrapped(unwrapping, message.messageId(), message.body())));
    }
    return unwrapped;
  }

  /**
   * What is inside.
   *
   * @throws UndecodableRecordException if an envelope is not there
   */
  Content content() {
    Content present = content;
    if (present == null) {
      present = unwrapping.open(recordId, body);
      content = present;
    }
    return present;
  }

  private @Nullable Content contentOrNull() {
    try {
      return content();
    } catch (UndecodableRecordException e) {
      return null; // told when the payload is read
    }
  }

  Optional<String> header(String name) {
    Content present = contentOrNull();
    return present == null ? Optional.empty() : Optional.ofNullable(present.headers().get(name));
  }

  boolean isTestEvent() {
    Content present = contentOrNull();
    return present != null && present.testEvent();
  }

  EventView view() {
    Content present = contentOrNull();
    return EventView.of(present == null ? body : present.text());
  }
}
