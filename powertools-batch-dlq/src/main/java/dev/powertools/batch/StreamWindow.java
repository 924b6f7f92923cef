// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.FinalOutcome;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tumbling window of one event, if it has one. Filled while the event is read, and then used by
 * one record at a time; what is shared is guarded by the object.
 */
final class StreamWindow implements Window {

  private @Nullable Instant start;
  private @Nullable Instant end;
  private String shardId = "";
  private boolean last;
  private boolean early;
  private byte[] given = "{}".getBytes(StandardCharsets.UTF_8);
  private @Nullable Map<String, String> kept;
  private @Nullable Map<String, String> proposed;

  /** Takes a member of the event; false if it is none of a window. */
  boolean read(String member, EventParser in) throws IOException {
    switch (member) {
      case "window" -> limits(in);
      case "shardId" -> shardId = Objects.requireNonNullElse(in.text(), "");
      case "isFinalInvokeForWindow" -> last = in.flag();
      case "isWindowTerminatedEarly" -> early = in.flag();
      case "state" -> {
        Supplier<byte[]> state = in.whole("state");
        given = state == null ? given : state.get();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void limits(EventParser in) throws IOException {
    if (!in.object()) {
      return;
    }
    for (String name = in.member(); name != null; name = in.member()) {
      switch (name) {
        case "start" -> start = time(in, name);
        case "end" -> end = time(in, name);
        default -> in.skip();
      }
    }
    in.require(start != null && end != null, "start and end", "\"window\"");
  }

  private static Instant time(EventParser in, String what) throws IOException {
    String text = Objects.requireNonNullElse(in.text(), "");
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      in.require(false, "a time", "\"" + what + "\" of the window");
      throw e;
    }
  }

  boolean isPresent() {
    return start != null;
  }

  Optional<Window> ifPresent() {
    return isPresent() ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Instant start() {
    return Objects.requireNonNull(start);
  }

  @Override
  public Instant end() {
    return Objects.requireNonNull(end);
  }

  @Override
  public String shardId() {
    return shardId;
  }

  @Override
  public boolean isFinal() {
    return last;
  }

  @Override
  public boolean isTerminatedEarly() {
    return early;
  }

  @Override
  public synchronized Map<String, String> state() {
    Map<String, String> changed = proposed == null ? kept : proposed;
    return changed == null ? givenState() : changed;
  }

  private Map<String, String> givenState() {
    Map<String, String> state = new LinkedHashMap<>();
    try {
      if (JsonTree.read(given, JsonTree.Duplicates.MARK) instanceof Map<?, ?> members) {
        members.forEach((name, value) -> state.put(String.valueOf(name), text(value)));
      }
    } catch (InvalidJsonException e) {
      throw new MalformedEventException("The state of the window is too large or too deep", e);
    }
    return state;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text
        ? text
        : new String(
            EventView.of(value)
                .json(JsonPointer.root())
                .orElseGet(() -> "null".getBytes(StandardCharsets.UTF_8)),
            StandardCharsets.UTF_8);
  }

  @Override
  public void state(Map<String, String> state) {
    Map<String, String> copy = Map.copyOf(state);
    LiveInvocation current = Scope.currentInvocation();
    if (current == null) {
      throw new IllegalStateException(
          "The state of a window is set by the method that handles a record, on the thread that it"
              + " is called on or one to which its invocation was propagated");
    }
    current.requireOpen();
    propose(copy);
    if (current.parent().isEmpty()) {
      settle(true);
    } else {
      current.onEnd(outcome -> settle(isDone(outcome.kind())));
    }
  }

  private static boolean isDone(FinalOutcome.Kind kind) {
    return kind == FinalOutcome.Kind.DONE || kind == FinalOutcome.Kind.IGNORED;
  }

  private synchronized void propose(Map<String, String> state) {
    proposed = state;
  }

  private synchronized void settle(boolean counts) {
    if (counts && proposed != null) {
      kept = proposed;
    }
    proposed = null;
  }

  /**
   * Writes the state that the next invocation of the window gets: as it came, if nobody set one.
   */
  synchronized void writeState(JsonWriter json) {
    Map<String, String> state = kept;
    if (state == null) {
      json.written(given);
      return;
    }
    json.beginObject();
    state.forEach((name, value) -> json.name(name).value(value));
    json.endObject();
  }
}
