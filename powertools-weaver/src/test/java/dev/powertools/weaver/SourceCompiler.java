// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles Java sources in memory with the running JDK, as class files of its own version. */
final class SourceCompiler {

  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern NAME = Pattern.compile("(?:class|@?interface|enum|record) (\\w+)");

  private SourceCompiler() {}

  /** Compiles and returns class files by class name. */
  static Map<String, byte[]> compile(List<String> options, String... sources) {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    List<JavaFileObject> units = new ArrayList<>();
    for (String source : sources) {
      units.add(new Source(nameOf(source), source));
    }
    List<String> all =
        new ArrayList<>(List.of("-g", "-parameters", "-proc:none", "-XDstringConcat=inline"));
    all.addAll(options);
    Map<String, ByteArrayOutputStream> outputs = new LinkedHashMap<>();
    JavaFileManager files = new Outputs(compiler.getStandardFileManager(null, null, null), outputs);
    StringBuilder messages = new StringBuilder();
    boolean good =
        compiler
            .getTask(null, files, each -> messages.append(each).append('\n'), all, null, units)
            .call();
    if (!good) {
      throw new IllegalArgumentException(messages.toString());
    }
    Map<String, byte[]> classFiles = new LinkedHashMap<>();
    outputs.forEach((name, bytes) -> classFiles.put(name, bytes.toByteArray()));
    return classFiles;
  }

  private static String nameOf(String source) {
    Matcher inPackage = PACKAGE.matcher(source);
    Matcher name = NAME.matcher(source);
    if (!inPackage.find() || !name.find()) {
      throw new IllegalArgumentException("No package or type in " + source);
    }
    return inPackage.group(1) + "." + name.group(1);
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    private Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Outputs extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> outputs;

    private Outputs(JavaFileManager files, Map<String, ByteArrayOutputStream> outputs) {
      super(files);
      this.outputs = outputs;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(
          URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() throws IOException {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          outputs.put(className, bytes);
          return bytes;
        }
      };
    }
  }
}
