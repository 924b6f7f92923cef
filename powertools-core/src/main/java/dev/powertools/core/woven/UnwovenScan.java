// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import dev.powertools.core.UnwovenClassError;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.HandlerName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds annotations that would not be applied because their class is not woven. It reads class
 * files and loads no class of the user; users' own annotations are known by their
 * {@code @Intercepted}.
 *
 * <p>In a subclass of one of the toolkit's base classes, annotations of the type and of methods
 * that the base class calls need no weaving and are no findings; what such a method overrides in a
 * class of the user's is one, since only {@code super} calls it. Confined to one thread.
 */
public final class UnwovenScan {

  private static final String WOVEN = Woven.class.getName().replace('.', '/');

  private final ClassFiles classFiles;
  private final List<Finding> findings = new ArrayList<>();

  private UnwovenScan(ClassLoader loader) {
    this.classFiles = new ClassFiles(loader);
  }

  /**
   * An annotation that would not be applied.
   *
   * @param className the class that is not woven
   * @param member the method's name and descriptor; empty if the annotation is the type's
   * @param annotation the name of the annotation's type
   */
  public record Finding(String className, String member, String annotation) {

    /** Class, method and annotation on one line, such as {@code com.acme.Orders.charge @Once}. */
    public String message() {
      int end = member.indexOf('(');
      int simpleName = Math.max(annotation.lastIndexOf('.'), annotation.lastIndexOf('$')) + 1;
      String method = end < 0 ? "" : "." + member.substring(0, end);
      return className + method + " @" + annotation.substring(simpleName);
    }
  }

  /**
   * Scans all class files below a folder.
   *
   * @param folder where a build writes class files
   * @param loader finds the class files of supertypes and annotations
   * @return in the order of the file names; empty if all is woven
   * @throws UncheckedIOException if a file can't be read
   */
  public static List<Finding> scanDirectory(Path folder, ClassLoader loader) {
    UnwovenScan scan = new UnwovenScan(loader);
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(file -> file.toString().endsWith(".class")).sorted().forEach(scan::file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(scan.findings);
  }

  /**
   * Scans a class, its superclasses and their interfaces.
   *
   * @param className its name as in {@link Class#getName()}
   * @param loader finds its class file and those of supertypes and annotations
   * @return the class's own findings first; empty if all is woven or the class is unknown
   */
  public static List<Finding> scanClass(String className, ClassLoader loader) {
    UnwovenScan scan = new UnwovenScan(loader);
    ClassFile type = scan.classFiles.find(className.replace('.', '/'));
    if (type != null) {
      scan.line(type);
    }
    return List.copyOf(scan.findings);
  }

  /**
   * Checks the handler of the function that this process runs; outside a function it does nothing.
   *
   * @param config says which handler
   * @param loader finds its class file
   * @throws UnwovenClassError if an annotation of the handler or of its supertypes would not be
   *     applied
   */
  public static void checkHandler(Config config, ClassLoader loader) {
    Optional<HandlerName> handler = HandlerName.find(config);
    if (handler.isPresent()) {
      List<Finding> found = scanClass(handler.get().className(), loader);
      if (!found.isEmpty()) {
        throw new UnwovenClassError(report(found));
      }
    }
  }

  /** What would not be applied, line by line, and the lines to add to the build. */
  public static String report(List<Finding> findings) {
    StringBuilder text = new StringBuilder("[powertools] Not woven, so not applied:\n");
    for (Finding finding : findings) {
      text.append("  ").append(finding.message()).append('\n');
    }
    return text.append(WeavingHelp.lines()).toString();
  }

  private void file(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (ClassFile.hasAnnotations(bytes)) {
        ClassFile type = ClassFile.read(bytes);
        List<ClassFile> bases = classFiles.ourBaseClasses(type);
        type(type, bases, overrides(type, bases));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(ClassFile type) {
    List<ClassFile> bases = classFiles.ourBaseClasses(type);
    ClassFileOverrides overrides = overrides(type, bases);
    Set<String> seen = new HashSet<>();
    for (ClassFile each = type; each != null; each = classFiles.superclass(each)) {
      type(each, bases, overrides);
      interfaces(each, seen);
    }
  }

  private void interfaces(ClassFile type, Set<String> seen) {
    for (String name : type.interfaces()) {
      ClassFile each = name.startsWith("java/") || !seen.add(name) ? null : classFiles.find(name);
      if (each != null) {
        type(each, List.of(), ClassFileOverrides.NONE);
        interfaces(each, seen);
      }
    }
  }

  private ClassFileOverrides overrides(ClassFile type, List<ClassFile> bases) {
    if (bases.isEmpty()) {
      return ClassFileOverrides.NONE;
    }
    List<ClassFile> line = new ArrayList<>();
    for (ClassFile each = type; each != null; each = classFiles.superclass(each)) {
      line.add(each);
    }
    return ClassFileOverrides.of(line, bases);
  }

  private void type(ClassFile type, List<ClassFile> bases, ClassFileOverrides overrides) {
    if (type.interfaces().contains(WOVEN) || type.is(ClassFile.ANNOTATION)) {
      return;
    }
    if (bases.isEmpty()) {
      add(type, "", type.annotations());
    }
    for (ClassFile.Method method : type.methods()) {
      if (!method.is(ClassFile.BRIDGE) && !overrides.isCalled(type, method)) {
        add(type, method.name() + method.descriptor(), method.annotations());
      }
    }
  }

  private void add(ClassFile type, String member, List<String> annotations) {
    for (String annotation : annotations) {
      if (classFiles.isLink(annotation)) {
        findings.add(
            new Finding(type.name().replace('/', '.'), member, annotation.replace('/', '.')));
      }
    }
  }
}
