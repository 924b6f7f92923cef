// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.build.EntryPoint;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.inline.MethodNameTransformer;
import org.jspecify.annotations.Nullable;

/** A user's project in memory: its class files, unwoven or woven, and a way to run them. */
final class Project {

  /** A user's own annotation, its link, and what the link saw. */
  private static final List<String> TRACING =
      List.of(
          """
          package com.acme;
          import dev.powertools.core.chain.*;
          import java.lang.annotation.*;
          @Intercepted(by = TracedFactory.class, phase = Phase.LOG)
          @Retention(RetentionPolicy.RUNTIME)
          public @interface Traced { String value() default ""; }
          """,
          """
          package com.acme;
          import dev.powertools.core.FunctionRuntime;
          import dev.powertools.core.chain.*;
          public class TracedFactory implements InterceptorFactory<Traced> {
            @Override public Interceptor create(Traced traced, JoinPoint point, FunctionRuntime r) {
              String name = point.owner().getSimpleName() + "." + point.name() + traced.value();
              return invocation -> {
                Calls.LIST.add(name + java.util.Arrays.deepToString(invocation.arguments()));
                return invocation.proceed();
              };
            }
          }
          """,
          """
          package com.acme;
          public class Calls {
            public static final java.util.List<String> LIST = new java.util.ArrayList<>();
          }
          """);

  private final Map<String, byte[]> classFiles;
  private final Map<String, byte[]> library;
  private final Loader loader;

  private Project(Map<String, byte[]> classFiles) {
    this(classFiles, Map.of());
  }

  private Project(Map<String, byte[]> classFiles, Map<String, byte[]> library) {
    Map<String, byte[]> all = new LinkedHashMap<>(library);
    all.putAll(classFiles);
    this.classFiles = classFiles;
    this.library = library;
    this.loader = new Loader(all);
  }

  /** Kotlin's, as far as its compiler shows it in signatures. */
  private static final String CONTINUATION =
      "package kotlin.coroutines; public interface Continuation {}";

  /** Compiles sources of package {@code com.acme}, beside the annotation {@code @Traced}. */
  static Project of(String... sources) {
    return compiled(List.of(), sources);
  }

  static Project compiled(List<String> options, String... sources) {
    List<String> all = new ArrayList<>(TRACING);
    all.add(CONTINUATION);
    Arrays.stream(sources).map(Project::inPackage).forEach(all::add);
    return new Project(SourceCompiler.compile(options, all.toArray(new String[0])));
  }

  private static String inPackage(String source) {
    return source.startsWith("package ") ? source : "package com.acme;\n" + source;
  }

  static Project ofClassFiles(Map<String, byte[]> classFiles) {
    return new Project(classFiles);
  }

  /** The same class files under another version number; they must not need a newer one. */
  Project inVersion(int version) {
    Map<String, byte[]> result = new LinkedHashMap<>();
    classFiles.forEach(
        (name, bytes) ->
            result.put(name, ByteBuffer.wrap(bytes.clone()).putShort(6, (short) version).array()));
    return new Project(result);
  }

  /** The same project, with one of its classes in a jar that nobody weaves. */
  Project withLibrary(String name) {
    Map<String, byte[]> own = new LinkedHashMap<>(classFiles);
    byte[] jar = Objects.requireNonNull(own.remove("com.acme." + name), name);
    return new Project(own, Map.of("com.acme." + name, jar));
  }

  /** Weaves as Byte Buddy's build plugins do. */
  Project woven() {
    return woven(EntryPoint.Default.REBASE);
  }

  Project woven(EntryPoint entryPoint) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    classFiles.forEach((name, bytes) -> files.put(fileName(name), bytes));
    Plugin.Engine.Target.InMemory target = new Plugin.Engine.Target.InMemory();
    try {
      Plugin.Engine.Default.of(
              entryPoint,
              ClassFileVersion.ofThisVm(),
              MethodNameTransformer.Suffixing.withRandomSuffix())
          .with(new ClassFileLocator.Simple(library))
          .with(ClassFileLocator.ForClassLoader.of(Project.class.getClassLoader()))
          .withErrorHandlers(
              Plugin.Engine.ErrorHandler.Enforcing.ALL_TYPES_RESOLVED,
              Plugin.Engine.ErrorHandler.Failing.FAIL_FAST)
          .apply(
              new Plugin.Engine.Source.InMemory(files),
              target,
              new Plugin.Factory.Simple(new PowertoolsPlugin()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Project(target.toTypeMap(), library);
  }

  /** Weaves class by class, as tools without a build do. */
  Project wovenOneByOne() {
    Weaving weaving = new Weaving(classFiles::containsKey);
    Map<String, byte[]> result = new LinkedHashMap<>();
    classFiles.forEach((name, bytes) -> result.put(name, weaving.weave(name, bytes, loader)));
    return new Project(result, library);
  }

  /** The problems that weaving reports, line by line. */
  List<String> problems() {
    try {
      woven();
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof WeavingException problems) {
        return Objects.requireNonNull(problems.getMessage()).lines().toList();
      }
      throw e;
    }
    return List.of();
  }

  /** The problems of one class alone. */
  List<String> wovenProblemsOf(String name) {
    try {
      new Weaving(classFiles::containsKey).weave("com.acme." + name, classFile(name), loader);
    } catch (WeavingException e) {
      return Objects.requireNonNull(e.getMessage()).lines().toList();
    }
    return List.of();
  }

  byte[] classFile(String name) {
    return Objects.requireNonNull(classFiles.get("com.acme." + name), name);
  }

  Map<String, byte[]> classFiles() {
    return classFiles;
  }

  ClassLoader loader() {
    return loader;
  }

  Class<?> load(String name) {
    try {
      return Class.forName("com.acme." + name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /** Calls {@code Main.main()}, whatever it returns. */
  @Nullable Object run() throws Throwable {
    try {
      return load("Main").getMethod("main").invoke(null);
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  /** What the links of {@code @Traced} saw so far. */
  @SuppressWarnings("unchecked")
  List<String> calls() {
    try {
      return List.copyOf((List<String>) load("Calls").getField("LIST").get(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String fileName(String className) {
    return className.replace('.', '/') + ".class";
  }

  private static final class Loader extends ClassLoader {

    private final Map<String, byte[]> classFiles;

    private Loader(Map<String, byte[]> classFiles) {
      super(Project.class.getClassLoader());
      this.classFiles = classFiles;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classFiles.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public java.io.@Nullable InputStream getResourceAsStream(String name) {
      byte[] bytes = classFiles.get(name.replace('/', '.').replaceAll("\\.class$", ""));
      return bytes == null
          ? super.getResourceAsStream(name)
          : new java.io.ByteArrayInputStream(bytes);
    }
  }
}
