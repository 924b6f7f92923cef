// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Timing;
import dev.powertools.core.config.Config;
import dev.powertools.local.LambdaEnvironment;
import dev.powertools.local.dynamodb.LocalDynamoDb;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts the sandbox: its command line, and the function's environment variables. */
final class Launcher {
  private final RunOptions options;
  private final int queuePort;
  private final @Nullable LocalDynamoDb dynamoDb;

  private Launcher(RunOptions options, @Nullable LocalDynamoDb dynamoDb) {
    this.options = options;
    this.queuePort = queuePort(options);
    this.dynamoDb = dynamoDb;
  }

  static RunningFunction start(RunOptions options) {
    LogPane pane = LogPane.onStandardOutput(options.raw());
    LocalDynamoDb dynamoDb = options.dynamoDb() ? LocalDynamoDb.start() : null;
    boolean started = false;
    try {
      Process process = new Launcher(options, dynamoDb).process();
      RunningFunction running = RunningFunction.of(process, options, pane, dynamoDb);
      started = true;
      return running;
    } finally {
      if (!started && dynamoDb != null) {
        dynamoDb.close();
      }
    }
  }

  private Process process() {
    ProcessBuilder builder =
        new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new PowertoolsException("The function's process doesn't start", e);
    }
  }

  private List<String> command() {
    Config config = Config.environment();
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(config.systemProperty("java.home").orElseThrow(), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto"));
    command.add("-Xmx" + options.function().memoryMegabytes() + "m");
    if (options.debugPort() > 0) {
      command.add(
          "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:"
              + options.debugPort());
    }
    command.add("-cp");
    command.add(
        options.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(Sandbox.class.getName());
    command.addAll(options.withQueuePort(queuePort).sandboxArguments());
    return command;
  }

  private Map<String, String> environment() {
    Path directory = Path.of("").toAbsolutePath();
    String logStream = Timing.system().now() + "[$LATEST]" + UUID.randomUUID();
    Map<String, String> variables = LambdaEnvironment.of(options.function(), directory, logStream);
    if (!options.queues().isEmpty()) {
      variables.putIfAbsent("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:" + queuePort);
    }
    if (dynamoDb != null) {
      variables.putIfAbsent("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint().toString());
    }
    variables.replaceAll((name, value) -> withQueues(value));
    return variables;
  }

  /** Puts in the URLs and ARNs of this run's queues. */
  private String withQueues(String value) {
    String text = value;
    for (EventQueue queue : options.queues()) {
      text = withQueue(text, queue.name());
      if (queue.deadLetters() != null) {
        text = withQueue(text, queue.deadLetters());
      }
    }
    return text;
  }

  private String withQueue(String text, String queue) {
    return text.replace("{" + queue + ".url}", queueUrl(queuePort, queue))
        .replace("{" + queue + ".arn}", "arn:aws:sqs:us-east-1:000000000000:" + queue);
  }

  static String queueUrl(int port, String queue) {
    return "http://127.0.0.1:" + port + "/000000000000/" + queue;
  }

  /** Chosen here and not by the queues, since the function's variables name it. */
  private static int queuePort(RunOptions options) {
    if (options.queuePort() != 0 || options.queues().isEmpty()) {
      return options.queuePort();
    }
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new PowertoolsException("There is no free port on 127.0.0.1", e);
    }
  }
}
