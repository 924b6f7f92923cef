// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.UnwovenClassError;
import dev.powertools.core.woven.UnwovenScan;
import dev.powertools.core.woven.UnwovenScan.Finding;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the project's output folders, as they were at one moment: before its parent, which
 * has the same folders and is never asked for a class of theirs; all else comes from the parent.
 *
 * <p>An annotated class that nobody wove doesn't load: the error says what to add to the build.
 */
final class FunctionLoader extends SecureClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ClassFiles classFiles;
  private final ClassTransformer transformer;

  FunctionLoader(ClassFiles classFiles, ClassTransformer transformer) {
    super("function", FunctionLoader.class.getClassLoader());
    this.classFiles = classFiles;
    this.transformer = transformer;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    Path folder = classFiles.folderOf(name);
    if (folder == null) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name, folder) : loaded;
    }
  }

  /** Class files that were compiled in memory are seen by those that read supertypes from here. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    if (name.endsWith(".class")) {
      String className = name.substring(0, name.length() - ".class".length()).replace('/', '.');
      byte[] classFile = classFiles.read(className);
      if (classFile != null) {
        return new ByteArrayInputStream(classFile);
      }
    }
    return super.getResourceAsStream(name);
  }

  private Class<?> define(String name, Path folder) throws ClassNotFoundException {
    byte[] classFile = classFiles.read(name);
    if (classFile == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] transformed = transformer.transform(folder, name, classFile, this);
    if (transformed == classFile) {
      requireWoven(name);
    }
    return defineClass(name, transformed, 0, transformed.length, source(folder));
  }

  private void requireWoven(String name) {
    List<Finding> own = new ArrayList<>();
    for (Finding finding : UnwovenScan.scanClass(name, this)) {
      if (finding.className().equals(name)) {
        own.add(finding);
      }
    }
    if (!own.isEmpty()) {
      throw new UnwovenClassError(UnwovenScan.report(own));
    }
  }

  private static CodeSource source(Path folder) {
    try {
      URL url = folder.toUri().toURL();
      return new CodeSource(url, (Certificate[]) null);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
