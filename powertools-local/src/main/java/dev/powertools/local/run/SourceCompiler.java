// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources in this JVM, into memory. Confined to one thread at a time. */
final class SourceCompiler {
  private static final int MAX_ERRORS = 5;

  /**
   * Compiles, with debug information and parameter names, and with the annotation processors of the
   * class path.
   *
   * @return the classes by name; none if it doesn't compile, which is told
   */
  Map<String, ClassFiles.InMemory> compile(
      List<Path> sources, Path output, ClassFiles classFiles, Wire wire) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      wire.tell(
          Wire.Kind.PROBLEM,
          "A source changed, but this JVM has no compiler: run on a JDK, or compile by Maven or IDE");
      return Map.of();
    }
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8);
        InMemoryOutput memory = new InMemoryOutput(files)) {
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
      boolean compiled =
          compiler.getTask(null, memory, problems, options(output), null, units).call();
      if (compiled) {
        return memory.classes(output);
      }
      wire.tell(Wire.Kind.PROBLEM, report(problems));
      return Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Compiles sources for nobody: what the compiler itself has to load and to be compiled to is
   * there then, and the first change is taken up as fast as the others. Errors are not told.
   */
  static void warmUp(List<Path> sources, Path output) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null || sources.isEmpty()) {
      return;
    }
    DiagnosticCollector<JavaFileObject> nobody = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(nobody, Locale.ROOT, StandardCharsets.UTF_8);
        InMemoryOutput memory = new InMemoryOutput(files)) {
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
      compiler.getTask(null, memory, nobody, options(output), null, units).call();
    } catch (IOException | RuntimeException e) {
      // The first real change tells what is wrong.
    }
  }

  private static List<String> options(Path output) {
    String classPath =
        Stream.concat(Stream.of(output), ClassPath.own().stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> options =
        new ArrayList<>(List.of("-g", "-parameters", "-nowarn", "-cp", classPath));
    if (Runtime.version().feature() >= 21) {
      options.add("-proc:full"); // the default before Java 23
    }
    return options;
  }

  private static String report(DiagnosticCollector<JavaFileObject> problems) {
    List<Diagnostic<? extends JavaFileObject>> errors =
        problems.getDiagnostics().stream()
            .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
            .toList();
    StringBuilder text = new StringBuilder("It doesn't compile; the last version stays in service");
    for (Diagnostic<? extends JavaFileObject> error :
        errors.subList(0, Math.min(MAX_ERRORS, errors.size()))) {
      JavaFileObject source = error.getSource();
      String where = source == null ? "" : Path.of(source.toUri()).getFileName() + ":";
      text.append('\n').append(where).append(error.getLineNumber()).append(": ");
      text.append(error.getMessage(Locale.ROOT));
      if (source != null) {
        text.append('\n').append(line(source, error));
      }
    }
    if (errors.size() > MAX_ERRORS) {
      text.append("\nand ").append(errors.size() - MAX_ERRORS).append(" more");
    }
    return text.toString();
  }

  /** The line in question, with a mark below the place. */
  private static String line(JavaFileObject source, Diagnostic<?> error) {
    try {
      List<String> lines = source.getCharContent(true).toString().lines().toList();
      String line = lines.get((int) error.getLineNumber() - 1);
      int column = Math.max(0, (int) error.getColumnNumber() - 1);
      return "    " + line.replace('\t', ' ') + "\n    " + " ".repeat(column) + "^";
    } catch (IOException | IndexOutOfBoundsException e) {
      return "";
    }
  }

  /** Keeps what the compiler writes. */
  private static final class InMemoryOutput
      extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ClassBytes> classes = new HashMap<>();

    InMemoryOutput(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        FileObject sibling)
        throws IOException {
      if (kind != JavaFileObject.Kind.CLASS) {
        return super.getJavaFileForOutput(location, className, kind, sibling);
      }
      ClassBytes bytes = new ClassBytes(className);
      classes.put(className, bytes);
      return bytes;
    }

    Map<String, ClassFiles.InMemory> classes(Path output) {
      Map<String, ClassFiles.InMemory> compiled = new HashMap<>();
      classes.forEach(
          (name, bytes) ->
              compiled.put(name, new ClassFiles.InMemory(output, bytes.out.toByteArray())));
      return compiled;
    }
  }

  /** One class file in the making. */
  private static final class ClassBytes extends SimpleJavaFileObject {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ClassBytes(String className) {
      super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return out;
    }
  }
}
