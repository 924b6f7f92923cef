// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.local.ForkOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The classes that a function loads until it has answered its first event, counted by library. */
record LoadedClasses(Map<String, Integer> byLibrary) {

  private static final List<String> LIBRARIES =
      List.of(
          "dev.powertools.benchmarks",
          "dev.powertools",
          "ch.qos.logback",
          "org.slf4j",
          "com.fasterxml.jackson",
          "software.amazon.awssdk.utilslite", // the runtime client's own
          "software.amazon.awssdk",
          "com.amazonaws",
          "io.opentelemetry",
          "java.lang.runtime"); // where records learn to compare

  static LoadedClasses of(Contender contender, Path folder) throws IOException {
    Path log = folder.resolve(contender.handler().getSimpleName() + ".classes");
    Files.deleteIfExists(log);
    ColdStart.invoke(
        contender,
        Map.of(),
        ForkOptions.builder()
            .output(line -> {})
            .classPath(ColdStart.functionClassPath(contender))
            .jvmFlags(
                "-XX:+TieredCompilation",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + log + ":none"));
    Map<String, Integer> counts = new TreeMap<>();
    for (String line : Files.readAllLines(log)) {
      counts.merge(library(line), 1, Integer::sum);
    }
    return new LoadedClasses(counts);
  }

  private static String library(String className) {
    for (String library : LIBRARIES) {
      if (className.startsWith(library + ".")) {
        return library;
      }
    }
    return "jdk and others";
  }

  int of(String library) {
    return byLibrary.getOrDefault(library, 0);
  }
}
