// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonTree.Duplicates;
import dev.powertools.local.event.Event;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an event when the platform's own client makes an object of it, which is silent
 * about whatever the object's class has no place for. Immutable.
 *
 * <pre>{@code
 * assertThat(RoundTrip.of(Events.file(path), SQSEvent.class).lost()).isEmpty();
 * }</pre>
 */
public final class RoundTrip {

  private final Type type;
  private final List<String> lost;
  private final @Nullable String refusal;

  private RoundTrip(Type type, List<String> lost, @Nullable String refusal) {
    this.type = type;
    this.lost = List.copyOf(lost);
    this.refusal = refusal;
  }

  /**
   * Has the platform's client read an event.
   *
   * @param type the class or generic type that the handler declares
   */
  public static RoundTrip of(Event event, Type type) {
    byte[] json = event.toBytes();
    Object read;
    Object tree;
    try {
      tree = JsonTree.read(json, Duplicates.MARK);
      read = AwsObjects.readAs(json, type);
    } catch (InvalidJsonException e) {
      return new RoundTrip(type, List.of(), e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      return new RoundTrip(type, List.of(), reason(e));
    }
    List<String> lost = new ArrayList<>();
    collect(JsonPointer.root(), tree, EventView.of(json), EventView.of(read), lost);
    return new RoundTrip(type, lost, null);
  }

  /**
   * Has the platform's client read an event for a handler of {@code RequestHandler}'s form.
   *
   * @throws IllegalArgumentException if the handler does not tell what it takes
   */
  public static RoundTrip through(Class<?> handler, Event event) {
    List<Method> methods =
        Arrays.stream(handler.getMethods())
            .filter(m -> m.getName().equals("handleRequest") && !m.isBridge())
            .filter(m -> m.getParameterCount() == 2 && m.getParameterTypes()[1] == Context.class)
            .toList();
    if (methods.size() != 1 || !isSaid(methods.get(0).getGenericParameterTypes()[0])) {
      throw new IllegalArgumentException(
          handler.getName()
              + " has no single handleRequest(event, Context) that names the event's type, so what"
              + " the platform would make of the event can't be told. Use RoundTrip.of(event, type)"
              + " with the type.");
    }
    return of(event, methods.get(0).getGenericParameterTypes()[0]);
  }

  private static boolean isSaid(Type type) {
    return type instanceof ParameterizedType
        || (type instanceof Class<?> known && known != Object.class);
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    return cause.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }

  private static void collect(
      JsonPointer at,
      @Nullable Object value,
      EventView bytes,
      EventView object,
      List<String> lost) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((name, each) -> collect(at.child((String) name), each, bytes, object, lost));
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      for (int i = 0; i < list.size(); i++) {
        collect(at.child(i), list.get(i), bytes, object, lost);
      }
    } else if (value != null && value != JsonTree.AMBIGUOUS && !isKept(at, bytes, object)) {
      lost.add(at.toString());
    }
  }

  private static boolean isKept(JsonPointer at, EventView bytes, EventView object) {
    Optional<String> sent = bytes.text(at);
    Optional<String> read = object.text(at);
    return sent.isEmpty()
        ? object.exists(at)
        : sent.equals(read) || read.filter(RoundTrip::isTime).isPresent();
  }

  /** Objects have times in a notation of their own. */
  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /**
   * Where the event has a value that the object lacks or has otherwise, as JSON Pointers (RFC
   * 6901); times count as kept.
   */
  public List<String> lost() {
    return lost;
  }

  /** Why the platform's client refuses the event; empty if it makes an object of it. */
  public Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /**
   * Requires that the whole event arrives.
   *
   * @throws AssertionError naming what is lost, or why it is refused
   */
  public void verify() {
    if (refusal != null || !lost.isEmpty()) {
      throw new AssertionError(toString());
    }
  }

  @Override
  public String toString() {
    String reader = "As " + type.getTypeName() + ", the platform's client ";
    if (refusal != null) {
      return reader + "refuses the event: " + refusal;
    }
    return lost.isEmpty()
        ? reader + "keeps the whole event"
        : reader
            + "drops of the event: "
            + String.join(", ", lost)
            + ". Take the event as a stream or a type of your own if you need them.";
  }
}
