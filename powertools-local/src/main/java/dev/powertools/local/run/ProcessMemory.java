// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process has used. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int MEGABYTE = 1024 * 1024;

  private ProcessMemory() {}

  /** The largest resident size, where the kernel tells it (Linux); else the heap in use. */
  static long peakMegabytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException | NumberFormatException notLinux) {
      return heapMegabytes();
    }
    return heapMegabytes();
  }

  private static long heapMegabytes() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
  }
}
