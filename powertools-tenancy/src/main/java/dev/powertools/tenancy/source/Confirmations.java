// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.TenantDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What callers and senders say. */
final class Confirmations {

  private static final JsonPointer PATH = JsonPointer.of("/pathParameters");
  private static final JsonPointer HEADERS = JsonPointer.of("/headers");
  private static final JsonPointer MULTI_VALUE = JsonPointer.of("/multiValueHeaders");

  private Confirmations() {}

  static Optional<String> path(FunctionInvocation work, String name) {
    Map<?, ?> parameters = Exact.map(work.event(), PATH);
    return parameters == null ? Optional.empty() : Exact.text(parameters, name);
  }

  /** Each header is in one of two maps, or in both: more than one value in either is refused. */
  static Optional<String> header(FunctionInvocation work, String name) {
    List<@Nullable Object> single = values(Exact.map(work.event(), HEADERS), name);
    List<@Nullable Object> multi = new ArrayList<>();
    for (Object each : values(Exact.map(work.event(), MULTI_VALUE), name)) {
      if (each instanceof List<?> list) {
        multi.addAll(list);
      } else {
        multi.add(each);
      }
    }
    if (single.size() > 1 || multi.size() > 1) {
      throw Exact.ambiguous("The header " + name + " is there more than once.");
    }
    if (!single.isEmpty() && !multi.isEmpty() && !single.equals(multi)) {
      throw Exact.ambiguous("The header " + name + " has two values.");
    }
    List<@Nullable Object> all = single.isEmpty() ? multi : single;
    return all.isEmpty() || all.get(0) == null
        ? Optional.empty()
        : Optional.of(String.valueOf(all.get(0)));
  }

  private static List<@Nullable Object> values(@Nullable Map<?, ?> map, String name) {
    List<@Nullable Object> values = new ArrayList<>();
    if (map != null) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (String.valueOf(entry.getKey()).equalsIgnoreCase(name)) {
          values.add(entry.getValue());
        }
      }
    }
    return values;
  }

  /** Read as leniently as the function may read it: the more there is to contradict. */
  static Optional<String> payload(FunctionInvocation work, JsonPointer pointer) {
    EventView event = work.event();
    Optional<String> text = event.text(pointer);
    if (text.isEmpty() && event.exists(pointer)) {
      throw Exact.ambiguous("The value at " + pointer + " is no single text.");
    }
    return text;
  }

  static Optional<String> sender(FunctionInvocation work, String prefix) {
    return work.workContext()
        .flatMap(record -> record.attribute("SenderId"))
        .map(sender -> session(sender, prefix));
  }

  private static String session(String senderId, String prefix) {
    String session = senderId.substring(senderId.indexOf(':') + 1);
    if (session.length() == senderId.length() || !session.startsWith(prefix)) {
      throw new TenantDeniedException(
          "sender",
          "The message's sender is no session whose name begins with \"" + prefix + "\".",
          null);
    }
    return session.substring(prefix.length());
  }
}
