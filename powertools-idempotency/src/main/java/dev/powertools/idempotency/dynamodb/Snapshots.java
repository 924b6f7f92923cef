// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import dev.powertools.core.FunctionRuntime;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Warms the client up before SnapStart takes its snapshot, by one read of an item that isn't there,
 * and then drops it: so classes and compiled code are in the snapshot, and no credentials and no
 * connection are. The client after it is made anew.
 */
final class Snapshots {

  private static final String NOBODY = "powertools#priming";

  private Snapshots() {}

  /**
   * Registers for the snapshot, where one is taken and {@code org.crac} is there.
   *
   * @return what has to be held as long as the store is, since CRaC holds it weakly
   */
  static @Nullable Object prepare(SdkTransport transport, Layout layout, FunctionRuntime runtime) {
    String start = runtime.config().variable("AWS_LAMBDA_INITIALIZATION_TYPE").orElse("");
    if (!start.equals("snap-start")) {
      return null;
    }
    try {
      return Hook.registered(transport, layout);
    } catch (NoClassDefFoundError e) {
      LoggerFactory.getLogger(DynamoDbStore.class)
          .warn(
              "SnapStart without org.crac:crac on the class path: the idempotency store is not"
                  + " warmed up before the snapshot");
      return null;
    }
  }

  private static final class Hook implements Resource {

    private final SdkTransport transport;
    private final Layout layout;

    private Hook(SdkTransport transport, Layout layout) {
      this.transport = transport;
      this.layout = layout;
    }

    static Object registered(SdkTransport transport, Layout layout) {
      Hook hook = new Hook(transport, layout);
      Core.getGlobalContext().register(hook);
      return hook;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
      try {
        transport.get(layout.key(NOBODY));
      } catch (RuntimeException e) {
        // The function must start all the same; its first event will say it louder.
        LoggerFactory.getLogger(DynamoDbStore.class)
            .warn("The idempotency store can't be warmed up before the snapshot", e);
      } finally {
        transport.forgetClient();
      }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
      // The next request makes a client, with the credentials and addresses of then.
    }
  }
}
