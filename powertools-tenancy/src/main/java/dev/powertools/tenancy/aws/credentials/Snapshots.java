// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/** Forgets before SnapStart takes its snapshot, which each environment starts from. */
final class Snapshots {

  private Snapshots() {}

  /**
   * Registers for the snapshot, where one is taken.
   *
   * @return what has to be held as long as what it forgets for, since CRaC holds it weakly
   * @throws ConfigurationException if a snapshot is taken and {@code org.crac} is missing
   */
  static @Nullable Object forget(Runnable forget, FunctionRuntime runtime) {
    String start = runtime.config().variable("AWS_LAMBDA_INITIALIZATION_TYPE").orElse("");
    if (!start.equals("snap-start")) {
      return null;
    }
    try {
      return Hook.registered(forget);
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(
          "SnapStart without org.crac:crac on the class path: credentials of tenants could get into"
              + " the snapshot. Add it to pom.xml:\n"
              + "<dependency>\n  <groupId>org.crac</groupId>\n  <artifactId>crac</artifactId>\n"
              + "  <version>1.5.0</version>\n</dependency>",
          e);
    }
  }

  private record Hook(Runnable forget) implements Resource {

    static Object registered(Runnable forget) {
      Hook hook = new Hook(forget);
      Core.getGlobalContext().register(hook);
      return hook;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
      forget.run();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
      // The first request of each tenant asks anew.
    }
  }
}
