// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import dev.powertools.core.chain.Intercepted;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class files that a loader can see, each read once. Confined to one scan. There are no lambdas
 * or streams in here, because the scan runs while a function starts.
 */
final class ClassFiles {

  private static final String INTERCEPTED = Intercepted.class.getName().replace('.', '/');
  private static final String OURS = "dev/powertools/";
  private static final String LAMBDA = "com/amazonaws/services/lambda/runtime/";
  private static final Set<String> CONTRACTS =
      Set.of(LAMBDA + "RequestHandler", LAMBDA + "RequestStreamHandler");

  private final ClassLoader loader;
  private final Map<String, Optional<ClassFile>> known = new HashMap<>();

  ClassFiles(ClassLoader loader) {
    this.loader = loader;
  }

  /** The class file of an internal name; {@code null} if the loader has none. */
  @Nullable ClassFile find(String name) {
    Optional<ClassFile> present = known.get(name);
    if (present == null) {
      present = Optional.ofNullable(load(name));
      known.put(name, present);
    }
    return present.orElse(null);
  }

  private @Nullable ClassFile load(String name) {
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      return in == null ? null : ClassFile.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nullable ClassFile superclass(ClassFile type) {
    String parent = type.superName();
    return parent == null || parent.startsWith("java/") ? null : find(parent);
  }

  /** Whether an annotation type makes links. */
  boolean isLink(String annotationType) {
    ClassFile file = find(annotationType);
    return file != null && file.annotations().contains(INTERCEPTED);
  }

  /** The toolkit's own superclasses, if one of them takes the platform's call. */
  List<ClassFile> ourBaseClasses(ClassFile type) {
    List<ClassFile> bases = new ArrayList<>();
    boolean found = false;
    for (ClassFile base = superclass(type); base != null; base = superclass(base)) {
      if (base.name().startsWith(OURS)) {
        bases.add(base);
        found = found || takesTheCall(base);
      }
    }
    return found ? bases : List.of();
  }

  private boolean takesTheCall(@Nullable ClassFile type) {
    if (type == null) {
      return false;
    }
    for (String each : type.interfaces()) {
      if (CONTRACTS.contains(each) || takesTheCall(find(each))) {
        return true;
      }
    }
    return takesTheCall(superclass(type));
  }
}
