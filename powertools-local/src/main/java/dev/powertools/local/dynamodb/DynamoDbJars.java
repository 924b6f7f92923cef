// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.dynamodb;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.config.Config;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** DynamoDB Local's jars, with all that they need. */
record DynamoDbJars(String classPath) {
  private static final String RUNNER =
      "com/amazonaws/services/dynamodbv2/local/main/ServerRunner.class";

  /**
   * Those on this JVM's class path, which is the process's then: nobody else knows what they need.
   */
  static DynamoDbJars onClassPath() {
    ClassLoader loader = DynamoDbJars.class.getClassLoader();
    if (loader == null || loader.getResource(RUNNER) == null) {
      throw new PowertoolsException(
          """
          DynamoDB Local is not on the class path. Add it to <dependencies> of pom.xml:
            <dependency>
              <groupId>com.amazonaws</groupId>
              <artifactId>DynamoDBLocal</artifactId>
              <version>2.6.1</version>
              <scope>test</scope>
            </dependency>
          or name a folder of its jars: LocalDynamoDb.from(folder).""");
    }
    return new DynamoDbJars(ClassPathText.of(loader));
  }

  static DynamoDbJars in(Path folder) {
    List<Path> jars;
    try (Stream<Path> files = Files.walk(folder)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new PowertoolsException("The folder " + folder.toAbsolutePath() + " can't be read", e);
    }
    if (jars.stream().noneMatch(jar -> jar.getFileName().toString().startsWith("DynamoDBLocal"))) {
      throw new PowertoolsException(
          "The folder "
              + folder.toAbsolutePath()
              + " has no DynamoDBLocal jar: unpack AWS's download there, or copy the dependency and"
              + " what it needs (mvn dependency:copy-dependencies)");
    }
    return new DynamoDbJars(
        jars.stream()
            .map(jar -> jar.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
  }

  /** A process of a class of ours in front of the jars. */
  ProcessBuilder command(Class<?> main) {
    String java =
        Path.of(Config.environment().systemProperty("java.home").orElseThrow(), "bin", "java")
            .toString();
    return new ProcessBuilder(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            home(main) + File.pathSeparator + classPath,
            main.getName())
        .redirectErrorStream(true);
  }

  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new PowertoolsException("Can't tell where " + type.getName() + " comes from", e);
    }
  }
}
