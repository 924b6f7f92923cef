// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.IMethodCoverage;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.data.SessionInfoStore;
import org.jacoco.core.instr.Instrumenter;
import org.jacoco.core.runtime.LoggerRuntime;
import org.jacoco.core.runtime.RuntimeData;
import org.junit.jupiter.api.Test;

class CoverageTest {

  private static final String SOURCE =
      """
      public class Main {
        static final int ONE =
            1 + Integer.parseInt("0");
        @Traced int charge(int amount) {
          if (amount > 10) {
            return refuse();
          }
          return amount;
        }
        @Traced private int refuse() {
          return -1;
        }
        @Traced static int twice(int a) {
          return a * 2;
        }
        public static Object main() { return new Main().charge(twice(ONE)); }
      }
      """;

  @Test
  void lines_and_branches_count_as_if_the_class_were_unwoven() throws Throwable {
    Project plain = Project.of(SOURCE);

    assertThat(lines(cover(plain.woven()))).isEqualTo(lines(cover(plain)));
  }

  @Test
  void the_users_methods_are_reported_and_no_generated_ones() throws Throwable {
    assertThat(cover(Project.of(SOURCE).woven()).getMethods())
        .extracting(IMethodCoverage::getName)
        .containsExactlyInAnyOrder(
            "<init>", "<clinit>", "charge$body", "refuse$body", "twice$body", "main");
  }

  private static List<String> lines(IClassCoverage coverage) {
    List<String> lines = new ArrayList<>();
    for (int line = coverage.getFirstLine(); line <= coverage.getLastLine(); line++) {
      ICounter branches = coverage.getLine(line).getBranchCounter();
      int status = coverage.getLine(line).getStatus();
      lines.add(line + ": " + status + ", " + branches.getMissedCount() + " missed branches");
    }
    return lines;
  }

  /** Runs {@code Main} with probes and analyses what was covered. */
  private static IClassCoverage cover(Project project) throws Throwable {
    LoggerRuntime runtime = new LoggerRuntime();
    RuntimeData data = new RuntimeData();
    runtime.startup(data);
    instrumented(project, new Instrumenter(runtime)).run();
    ExecutionDataStore executions = new ExecutionDataStore();
    data.collect(executions, new SessionInfoStore(), false);
    runtime.shutdown();
    CoverageBuilder builder = new CoverageBuilder();
    new Analyzer(executions, builder).analyzeClass(project.classFile("Main"), "Main");
    return builder.getClasses().iterator().next();
  }

  private static Project instrumented(Project project, Instrumenter instrumenter)
      throws IOException {
    Map<String, byte[]> instrumented = new LinkedHashMap<>(project.classFiles());
    instrumented.put("com.acme.Main", instrumenter.instrument(project.classFile("Main"), "Main"));
    return Project.ofClassFiles(instrumented);
  }
}
