// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;

/** What a class file tells about handlers: shapes of entry methods, base classes, supertypes. */
final class Handlers {

  private static final String LAMBDA = "com.amazonaws.services.lambda.runtime.";
  private static final Set<String> CONTRACTS =
      Set.of(LAMBDA + "RequestHandler", LAMBDA + "RequestStreamHandler");
  private static final String CONTEXT = LAMBDA + "Context";
  private static final List<String> STREAMS =
      List.of("java.io.InputStream", "java.io.OutputStream", CONTEXT);
  private static final String OURS = "dev.powertools.";

  private Handlers() {}

  /**
   * Whether the platform's call can arrive at a method: it is public and takes {@code (event,
   * Context)} or {@code (InputStream, OutputStream, Context)}. What implements the platform's
   * interfaces has one of these shapes too.
   */
  static boolean isEntry(MethodDescription method) {
    if (!method.isPublic() || !hasBody(method) || isGenerated(method)) {
      return false;
    }
    List<String> parameters =
        method.getParameters().asTypeList().asErasures().stream()
            .map(TypeDescription::getName)
            .toList();
    return parameters.equals(STREAMS)
        || (parameters.size() == 2 && parameters.get(1).equals(CONTEXT));
  }

  static boolean hasBody(MethodDescription method) {
    return method.isMethod() && !method.isAbstract() && !method.isNative();
  }

  /** Bridges and other synthetic methods: a compiler wrote them. */
  static boolean isGenerated(MethodDescription method) {
    return method.isBridge() || method.isSynthetic();
  }

  /** Whether a base class of the toolkit takes the platform's call and applies the annotations. */
  static boolean extendsOurBase(TypeDescription type) {
    for (TypeDescription parent : superclasses(type)) {
      if (parent.getName().startsWith(OURS)
          && supertypes(parent).stream().anyMatch(Handlers::isContract)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a type is one of the platform's interfaces for handlers. */
  static boolean isContract(TypeDescription type) {
    return CONTRACTS.contains(type.getName());
  }

  /** The superclasses, nearest first, without {@code Object}. */
  static List<TypeDescription> superclasses(TypeDescription type) {
    List<TypeDescription> found = new ArrayList<>();
    TypeDefinition parent = type.getSuperClass();
    while (parent != null && !parent.represents(Object.class)) {
      found.add(parent.asErasure());
      parent = parent.asErasure().getSuperClass();
    }
    return found;
  }

  /** All superclasses and interfaces, without the type itself. */
  static Collection<TypeDescription> supertypes(TypeDescription type) {
    Map<String, TypeDescription> found = new LinkedHashMap<>();
    collect(type, found);
    return found.values();
  }

  private static void collect(TypeDescription type, Map<String, TypeDescription> found) {
    List<TypeDescription> parents = new ArrayList<>(type.getInterfaces().asErasures());
    TypeDescription.Generic superclass = type.getSuperClass();
    if (superclass != null) {
      parents.add(superclass.asErasure());
    }
    for (TypeDescription parent : parents) {
      if (found.put(parent.getName(), parent) == null) {
        collect(parent, found);
      }
    }
  }

  static boolean isA(TypeDescription type, String supertype) {
    return type.getName().equals(supertype)
        || supertypes(type).stream().anyMatch(each -> each.getName().equals(supertype));
  }
}
