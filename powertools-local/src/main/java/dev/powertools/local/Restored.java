// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.crac.Context;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Timing;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.net.Socket;
import java.nio.channels.Channel;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An environment that was restored from a snapshot. Immutable.
 *
 * @param captured what was made while initialising and is now in every copy of the snapshot, one
 *     line for each field: seeds of random numbers, ids, readings of a clock, open sockets and
 *     files; found in the user's classes that can be reached from the handler object
 */
public record Restored(Set<String> captured) {

  /** Copies the set. */
  public Restored {
    captured = Collections.unmodifiableSet(new TreeSet<>(captured));
  }

  static Restored after(
      HandlerObject object, List<Resource> resources, Timing timing, Duration frozen) {
    Set<String> captured = captured(HandlerState.of(object.made()));
    Context<Resource> context = Core.getGlobalContext();
    List<Resource> latestFirst = new ArrayList<>(resources);
    Collections.reverse(latestFirst);
    try {
      object.hook().aroundInvocation("checkpoint", () -> checkpoint(latestFirst, context));
      if (timing instanceof VirtualClock clock) {
        clock.advance(frozen);
      }
      object.hook().aroundInvocation("restore", () -> restore(resources, context));
    } catch (Exception e) {
      throw new PowertoolsException("A CRaC hook of the function threw: " + e, e);
    }
    return new Restored(captured);
  }

  private static Set<String> captured(HandlerState state) {
    Set<String> captured = new TreeSet<>();
    state
        .values()
        .forEach(
            (field, values) ->
                values.forEach(
                    value -> {
                      String what = kind(value);
                      if (!what.isEmpty()) {
                        captured.add(field + ": " + what);
                      }
                    }));
    return captured;
  }

  /** A secure random generator is none: it is seeded anew after a restore. */
  private static String kind(@Nullable Object value) {
    if (value instanceof Random random && !(random instanceof SecureRandom)) {
      return "a seeded " + random.getClass().getSimpleName();
    }
    if (value instanceof UUID) {
      return "an id, " + value;
    }
    if (value instanceof Temporal || value instanceof Date) {
      return "a moment, " + value;
    }
    if (value instanceof Socket
        || value instanceof Channel
        || value instanceof FileInputStream
        || value instanceof FileOutputStream) {
      return "an open " + value.getClass().getSimpleName();
    }
    return "";
  }

  private static @Nullable Object checkpoint(List<Resource> resources, Context<Resource> context)
      throws Exception {
    for (Resource resource : resources) {
      resource.beforeCheckpoint(context);
    }
    return null;
  }

  private static @Nullable Object restore(List<Resource> resources, Context<Resource> context)
      throws Exception {
    for (Resource resource : resources) {
      resource.afterRestore(context);
    }
    return null;
  }
}
