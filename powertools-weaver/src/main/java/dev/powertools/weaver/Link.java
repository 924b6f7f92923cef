// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.annotation.AnnotationSource;
import net.bytebuddy.description.enumeration.EnumerationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;

/**
 * An annotation whose type is {@link Intercepted}, as a class file has it.
 *
 * @param annotation the annotation
 * @param bearer what stands on the element: the annotation itself, or the container that holds it
 * @param place where its link stands in the chain
 */
record Link(AnnotationDescription annotation, AnnotationDescription bearer, Place place) {

  /** A place in a chain; two links cannot share one. */
  record Place(Phase phase, Side side, int order) {

    @Override
    public String toString() {
      return phase + ", " + side + ", order " + order;
    }
  }

  /** The links among the annotations of an element; repeated ones come out of their container. */
  static List<Link> of(AnnotationSource element) {
    List<Link> links = new ArrayList<>();
    for (AnnotationDescription annotation : element.getDeclaredAnnotations()) {
      place(annotation.getAnnotationType())
          .ifPresentOrElse(
              place -> links.add(new Link(annotation, annotation, place)),
              () -> links.addAll(contained(annotation)));
    }
    return links;
  }

  /** Where an annotation type's link stands; empty if the type is none of ours. */
  static Optional<Place> place(TypeDescription annotationType) {
    for (AnnotationDescription meta : annotationType.getDeclaredAnnotations()) {
      if (meta.getAnnotationType().getName().equals(Intercepted.class.getName())) {
        return Optional.of(
            new Place(
                Phase.valueOf(constant(meta, "phase")),
                Side.valueOf(constant(meta, "side")),
                meta.getValue("order").resolve(Integer.class)));
      }
    }
    return Optional.empty();
  }

  private static String constant(AnnotationDescription annotation, String attribute) {
    return annotation.getValue(attribute).resolve(EnumerationDescription.class).getValue();
  }

  private static List<Link> contained(AnnotationDescription container) {
    List<Link> links = new ArrayList<>();
    for (MethodDescription.InDefinedShape attribute :
        container.getAnnotationType().getDeclaredMethods()) {
      TypeDescription element = attribute.getReturnType().asErasure().getComponentType();
      if (attribute.getName().equals("value") && element != null && element.isAnnotation()) {
        place(element)
            .ifPresent(
                place -> {
                  Object value = container.getValue(attribute).resolve();
                  for (AnnotationDescription each : (AnnotationDescription[]) value) {
                    links.add(new Link(each, container, place));
                  }
                });
      }
    }
    return links;
  }

  TypeDescription type() {
    return annotation.getAnnotationType();
  }

  /** The annotation or its container, whichever run time would not see. */
  Optional<AnnotationDescription> lost() {
    return Stream.of(annotation, bearer)
        .filter(each -> each.getRetention() != RetentionPolicy.RUNTIME)
        .findFirst();
  }

  /** {@code @Audited}. */
  @Override
  public String toString() {
    return name(annotation);
  }

  static String name(AnnotationDescription annotation) {
    return "@" + annotation.getAnnotationType().getSimpleName();
  }
}
