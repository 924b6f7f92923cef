// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.powertools.core.PowertoolsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The live objects of this JVM in a temporary file, which is deleted on close, for it holds
 * whatever secrets the JVM held. HotSpot only.
 */
final class HeapDump implements AutoCloseable {

  private final Path folder;

  private HeapDump(Path folder) {
    this.folder = folder;
  }

  /** Collects garbage, and writes what is left. */
  static HeapDump take() {
    try {
      HeapDump dump = new HeapDump(Files.createTempDirectory("heap"));
      hotSpot().dumpHeap(dump.file().toString(), true);
      return dump;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the heap to a temporary file", e);
    }
  }

  private static HotSpotDiagnosticMXBean hotSpot() {
    try {
      return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    } catch (IllegalArgumentException | LinkageError e) {
      throw new PowertoolsException(
          "The heap can be searched on HotSpot only, and this JVM is "
              + ManagementFactory.getRuntimeMXBean().getVmName()
              + ". Run the test on HotSpot, or skip it here by an assumption.",
          e);
    }
  }

  Path file() {
    return folder.resolve("live.hprof");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete " + folder, e);
    }
  }
}
