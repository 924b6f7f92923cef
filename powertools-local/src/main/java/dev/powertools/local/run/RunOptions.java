// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.local.FunctionOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a local run was asked for.
 *
 * @param function the function's configuration
 * @param port of the HTTP front; 0 is any free one
 * @param queuePort of the queues; 0 is any free one
 * @param queues that feed the function
 * @param tenant of requests that name none
 * @param watch whether changed classes and sources are taken up
 * @param raw whether lines are shown as they are
 * @param dynamoDb whether DynamoDB Local is started
 * @param debugPort where a debugger may attach; 0 is nowhere
 * @param classPath the function's, the launcher's included
 */
record RunOptions(
    FunctionOptions function,
    int port,
    int queuePort,
    List<EventQueue> queues,
    @Nullable String tenant,
    boolean watch,
    boolean raw,
    boolean dynamoDb,
    int debugPort,
    List<Path> classPath) {

  /** The command line that says the same to the sandbox; variables travel as its environment. */
  List<String> sandboxArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add(function.handler());
    add(arguments, "--name", function.name());
    add(arguments, "--port", "" + port);
    add(arguments, "--queue-port", "" + queuePort);
    add(arguments, "--timeout", function.timeout().toMillis() + "ms");
    add(arguments, "--memory", "" + function.memoryMegabytes());
    add(arguments, "--concurrency", "" + function.maxConcurrency());
    queues.forEach(queue -> queue.addTo(arguments));
    if (tenant != null) {
      add(arguments, "--tenant", tenant);
    }
    if (watch) {
      arguments.add("--watch");
    }
    return arguments;
  }

  RunOptions withQueuePort(int chosen) {
    return new RunOptions(
        function, port, chosen, queues, tenant, watch, raw, dynamoDb, debugPort, classPath);
  }

  private static void add(List<String> arguments, String name, String value) {
    arguments.add(name);
    arguments.add(value);
  }
}
