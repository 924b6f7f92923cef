// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.Timing;
import dev.powertools.local.InProcessOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The function's classes: those in the project's output folders, in a class loader of its own for
 * each execution environment, so that a cold start runs static initialisers again. Jars are loaded
 * once.
 *
 * <p>While watching, a changed class file is taken up, and a changed source is compiled in memory:
 * nothing is written into the project, and a class file that a build or an IDE writes afterwards
 * comes first again. Sources that don't compile leave the last version in service.
 *
 * <p>Thread-safe.
 */
final class FunctionCode {
  private static final Duration SETTLING = Duration.ofMillis(15);

  private final String handler;
  private final Wire wire;
  private final ClassTransformer transformer = ClassTransformer.find();
  private final List<Path> folders;
  private final @Nullable ProjectSources sources;
  private volatile ClassFiles classFiles;

  FunctionCode(String handler, List<Path> folders, boolean watch, Wire wire) {
    this.handler = handler;
    this.folders = folders;
    this.wire = wire;
    this.sources = watch ? ProjectSources.of(folders) : null;
    this.classFiles = ClassFiles.in(folders);
  }

  static FunctionCode of(RunOptions options, Wire wire) {
    String handler = options.function().handler();
    int colons = handler.indexOf("::");
    String type = colons < 0 ? handler : handler.substring(0, colons);
    return new FunctionCode(type, ClassPath.folders(), options.watch(), wire);
  }

  /** What one execution environment runs: the classes of now. */
  InProcessOptions newEnvironment() {
    return environmentIn(newLoader());
  }

  FunctionLoader newLoader() {
    return new FunctionLoader(classFiles, transformer);
  }

  InProcessOptions environmentIn(FunctionLoader loader) {
    return InProcessOptions.builder()
        .classLoader(loader)
        .hook(new RuntimeBinding(handler, loader))
        .output(wire::line)
        .build();
  }

  /**
   * Takes up what has changed since it was last asked.
   *
   * @return whether the classes are others now
   */
  synchronized boolean refresh() throws InterruptedException {
    if (sources == null) {
      return false;
    }
    long start = Timing.system().nanoTime();
    ClassFiles before = classFiles;
    ClassFiles now = onDisk(before);
    Map<String, ClassFiles.InMemory> compiled = sources.compileChanged(now, wire);
    Map<String, ClassFiles.InMemory> inMemory = new HashMap<>(before.inMemory());
    inMemory.keySet().removeIf(name -> !same(before, now, name));
    inMemory.putAll(compiled);
    if (compiled.isEmpty() && now.onDisk().equals(before.onDisk())) {
      return false;
    }
    classFiles = now.with(inMemory);
    long millis = (Timing.system().nanoTime() - start) / 1_000_000;
    wire.tell(
        Wire.Kind.NOTE,
        compiled.isEmpty()
            ? "reloaded in " + millis + " ms"
            : "compiled and reloaded in " + millis + " ms");
    return true;
  }

  /** Makes the first change as fast as the others, if changes are watched for. */
  void warmUp() {
    if (sources != null) {
      sources.warmUp();
    }
  }

  /** The class files, once nobody writes them any more. */
  private ClassFiles onDisk(ClassFiles before) throws InterruptedException {
    ClassFiles now = ClassFiles.in(folders);
    if (now.onDisk().equals(before.onDisk())) {
      return now;
    }
    while (true) {
      Timing.system().sleep(SETTLING);
      ClassFiles later = ClassFiles.in(folders);
      if (later.onDisk().equals(now.onDisk())) {
        return later;
      }
      now = later;
    }
  }

  private static boolean same(ClassFiles before, ClassFiles now, String name) {
    ClassFiles.OnDisk then = before.onDisk().get(name);
    return then == null ? now.onDisk().get(name) == null : then.equals(now.onDisk().get(name));
  }
}
