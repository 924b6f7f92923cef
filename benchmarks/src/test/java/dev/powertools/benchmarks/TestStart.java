// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * What the harness adds to the start of a test run: a JVM that runs one plain JUnit test, and one
 * that runs the same through {@code @FunctionTest}, in turn, from start to exit of the process.
 */
public final class TestStart {

  private static final List<Class<?>> SUBJECTS = List.of(PlainSubject.class, HarnessSubject.class);

  private TestStart() {}

  /**
   * Measures.
   *
   * @param args the number of rounds, 9 by default
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 9 : Integer.parseInt(args[0]);
    Medians medians = new Medians();
    for (int round = -1; round < rounds; round++) {
      for (Class<?> subject : SUBJECTS) {
        long millis = time(subject).toMillis();
        if (round >= 0) {
          medians.add(subject.getSimpleName(), millis);
        }
      }
    }
    medians.print(rounds);
  }

  private static Duration time(Class<?> subject) throws IOException, InterruptedException {
    String java = System.getProperty("java.home") + "/bin/java";
    ProcessBuilder command =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                subject.getName())
            .inheritIO();
    long begin = System.nanoTime();
    int exit = command.start().waitFor();
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    if (exit != 0) {
      throw new IllegalStateException(subject + " failed");
    }
    return taken;
  }

  /** Runs one test class, as a build's test JVM would. */
  static final class Child {

    private Child() {}

    /** Runs it, and exits with 1 if it is red. */
    public static void main(String[] args) {
      SummaryGeneratingListener summary = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request().selectors(selectClass(args[0])).build(),
              summary);
      System.exit(summary.getSummary().getTestsSucceededCount() == 1 ? 0 : 1);
    }
  }
}
