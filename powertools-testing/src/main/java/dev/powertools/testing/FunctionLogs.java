// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The lines that the functions of one test have logged, each parsed strictly: a line that is not
 * one valid JSON object, or has a key twice, fails the test that asks for it. Thread-safe.
 */
public final class FunctionLogs {

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<String> platform = Collections.synchronizedList(new ArrayList<>());

  FunctionLogs() {}

  void add(byte[] line) {
    lines.add(new String(line, StandardCharsets.UTF_8));
  }

  void addPlatform(String line) {
    platform.add(line);
  }

  /**
   * All lines in the order in which they were written.
   *
   * @throws AssertionError if a line is not valid
   */
  public LogLines lines() {
    List<LogLine> parsed = new ArrayList<>();
    for (String line : List.copyOf(lines)) {
      parsed.add(LogLine.parse(line));
    }
    return new LogLines(parsed);
  }

  /** The lines of one invocation. */
  public LogLines of(TestResponse response) {
    return lines().withField("function_request_id", response.requestId());
  }

  /** Checks all lines against a golden file; see {@link LogLines#matchGolden}. */
  public LogLines matchGolden(String file, String... varying) {
    return lines().matchGolden(file, varying);
  }

  /**
   * The lines of the platform's own log, which are text and apart from the others: what handlers
   * wrote by {@code context.getLogger()}, the runtime client's account of errors with its stack,
   * and how an invocation died, such as {@code … Task timed out after 10.00 seconds}. A line of
   * several lines comes as several. The client tells of an error after it has answered: it is sure
   * to be here once the same environment serves its next invocation.
   */
  public List<String> platform() {
    synchronized (platform) {
      return List.copyOf(platform);
    }
  }

  /** The messages of all lines. */
  public List<String> messages() {
    List<String> messages = new ArrayList<>();
    lines().forEach(line -> messages.add(line.message()));
    return messages;
  }
}
