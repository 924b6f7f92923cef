// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.crac.Context;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import dev.powertools.core.PowertoolsException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The CRaC resources of one handler among those of this JVM, where other tests have theirs: those
 * registered while it was initialised, and those that can be reached from it.
 */
final class CracHooks {
  private final Set<Resource> before;

  private CracHooks(Set<Resource> before) {
    this.before = before;
  }

  /** Begins before the handler is initialised. */
  static CracHooks watch() {
    Set<Resource> before = Collections.newSetFromMap(new IdentityHashMap<>());
    before.addAll(registered());
    return new CracHooks(before);
  }

  /** The resources of the handler, in the order in which they were registered. */
  List<Resource> registeredBy(HandlerObject object) {
    Set<Object> reachable = HandlerState.of(object.made()).objects();
    return registered().stream()
        .filter(resource -> !before.contains(resource) || reachable.contains(resource))
        .toList();
  }

  /** The client keeps its queue to itself: weak keys, each with its number. */
  private static List<Resource> registered() {
    Context<Resource> context = Core.getGlobalContext();
    Field queue =
        Stream.of(context.getClass().getDeclaredFields())
            .filter(field -> Map.class.isAssignableFrom(field.getType()))
            .findFirst()
            .orElseThrow(() -> unknownClient(null));
    synchronized (context) { // as its own methods do
      return inOrder(queue, context);
    }
  }

  @SuppressWarnings("unchecked") // the field's declared type
  private static List<Resource> inOrder(Field queue, Context<Resource> context) {
    try {
      Map<Resource, Long> numbers =
          (Map<Resource, Long>)
              MethodHandles.privateLookupIn(context.getClass(), MethodHandles.lookup())
                  .unreflectGetter(queue)
                  .invoke(context);
      List<Map.Entry<Resource, Long>> entries = new ArrayList<>(numbers.entrySet());
      entries.sort(Map.Entry.comparingByValue());
      return entries.stream().map(Map.Entry::getKey).toList();
    } catch (Throwable e) {
      throw unknownClient(e);
    }
  }

  private static PowertoolsException unknownClient(@Nullable Throwable e) {
    return new PowertoolsException(
        "This version of aws-lambda-java-runtime-interface-client does not show its CRaC resources"
            + " (made for 2.8.7 to 2.9.0): use such a version",
        e);
  }
}
