// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the command line. Confined to one thread. */
final class RunArguments {
  static final String HELP =
      """
      Usage: Run com.acme.OrderHandler[::method] [options]

        --port N              HTTP front on 127.0.0.1 (8080; 0: any free one)
        --queue NAME          feed the function from an SQS queue; for the queue named last:
          --dlq NAME            its dead-letter queue
          --receives N          how often a message is received before it goes there (3)
          --batch-size N        messages in an event (10)
          --visibility T        visibility timeout (30s, or the function's timeout)
        --queue-port N        SQS endpoint on 127.0.0.1 (any free one)
        --dynamodb            start DynamoDB Local, which has to be on the class path
        --env NAME=VALUE      environment variable; NAME alone takes yours;
                              {orders.url} and {orders.arn} stand for a queue's
        --env-file FILE       a variable a line
        --name NAME           function name (the handler's simple class name)
        --timeout T           such as 30s or 500ms (30s)
        --memory N            in MB (512)
        --concurrency N       execution environments at once (10)
        --tenant ID           tenant of requests without the header X-Amz-Tenant-Id
        --watch               take up changed classes and sources
        --raw                 lines as they are, with Lambda's START, END and REPORT
        --debug N             let a debugger attach; the timeout is then 15 minutes
      """;

  private final List<String> arguments;
  private final List<QueueArguments> queues = new ArrayList<>();
  private int at;

  private RunArguments(List<String> arguments) {
    this.arguments = arguments;
  }

  /** What was said of one queue, in whatever order. */
  private static final class QueueArguments {
    private final String name;
    private @Nullable String dlq;
    private @Nullable Integer receives;
    private @Nullable Integer batchSize;
    private @Nullable Duration visibility;

    QueueArguments(String name) {
      this.name = name;
    }

    void applyTo(LocalRun run) {
      run.queue(name, this::configure);
    }

    private void configure(EventQueue queue) {
      if (dlq != null) {
        queue.deadLetters(dlq, receives == null ? 3 : receives);
      } else if (receives != null) {
        throw new IllegalArgumentException("--receives of the queue '" + name + "' needs --dlq");
      }
      if (batchSize != null) {
        queue.batchSize(batchSize);
      }
      if (visibility != null) {
        queue.visibilityTimeout(visibility);
      }
    }
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static LocalRun parse(List<String> arguments) {
    return new RunArguments(split(arguments)).run();
  }

  /** {@code --name=value} as two words. */
  private static List<String> split(List<String> arguments) {
    List<String> words = new ArrayList<>();
    for (String argument : arguments) {
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      if (equals < 0) {
        words.add(argument);
      } else {
        words.add(argument.substring(0, equals));
        words.add(argument.substring(equals + 1));
      }
    }
    return words;
  }

  private LocalRun run() {
    if (arguments.isEmpty() || arguments.get(0).startsWith("-")) {
      throw new IllegalArgumentException(
          "Which handler? The first word names it, such as com.acme.OrderHandler");
    }
    LocalRun run = LocalRun.of(arguments.get(at++));
    while (at < arguments.size()) {
      option(run, arguments.get(at++));
    }
    queues.forEach(queue -> queue.applyTo(run));
    return run;
  }

  private void option(LocalRun run, String option) {
    switch (option) {
      case "--port" -> run.http(number(option));
      case "--queue-port" -> run.queuePort(number(option));
      case "--queue" -> queues.add(new QueueArguments(value(option)));
      case "--dlq" -> queue(option).dlq = value(option);
      case "--receives" -> queue(option).receives = number(option);
      case "--batch-size" -> queue(option).batchSize = number(option);
      case "--visibility" -> queue(option).visibility = duration(option);
      case "--env" -> variable(run, value(option));
      case "--env-file" -> EnvironmentFile.read(Path.of(value(option))).forEach(run::environment);
      case "--name" -> run.name(value(option));
      case "--timeout" -> run.timeout(duration(option));
      case "--memory" -> run.memoryMegabytes(number(option));
      case "--concurrency" -> run.maxConcurrency(number(option));
      case "--tenant" -> run.tenant(value(option));
      case "--debug" -> run.debug(number(option));
      case "--dynamodb" -> run.dynamoDb();
      case "--watch" -> run.watch();
      case "--raw" -> run.raw();
      default ->
          throw new IllegalArgumentException(
              "There is no option '" + option + "': --help lists those that there are");
    }
  }

  private QueueArguments queue(String option) {
    if (queues.isEmpty()) {
      throw new IllegalArgumentException(option + " belongs to a queue: put it after a --queue");
    }
    return queues.get(queues.size() - 1);
  }

  private static void variable(LocalRun run, String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    if (name.isBlank()) {
      throw new IllegalArgumentException("--env is '" + text + "': expected NAME=VALUE or NAME");
    }
    String value =
        equals < 0
            ? Config.environment()
                .variable(name)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "--env " + name + ": that variable isn't set here; give it a value"))
            : text.substring(equals + 1);
    run.environment(name, value);
  }

  private String value(String option) {
    if (at == arguments.size() || arguments.get(at).startsWith("--")) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return arguments.get(at++);
  }

  private int number(String option) {
    String value = value(option);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " is '" + value + "': expected a number", e);
    }
  }

  private Duration duration(String option) {
    String value = value(option);
    String text = value.toLowerCase(Locale.ROOT);
    try {
      if (text.endsWith("ms")) {
        return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
      }
      long number = Long.parseLong(text.replaceFirst("[sm]$", ""));
      return text.endsWith("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          option + " is '" + value + "': expected a duration such as 30s, 500ms or 2m", e);
    }
  }
}
