// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the links of a chain, from annotations and from code, checks them and puts them in
 * order. Confined to one thread.
 */
public final class Links {

  private JoinPoint joinPoint;
  private final FunctionRuntime runtime;
  private final List<Link> links = new ArrayList<>();

  private Links(JoinPoint joinPoint, FunctionRuntime runtime) {
    this.joinPoint = joinPoint;
    this.runtime = runtime;
  }

  private record Link(Interceptor interceptor, Phase phase, Side side, int order, String origin)
      implements Comparable<Link> {

    /** Written out: composed comparators cost a starting function milliseconds. */
    @Override
    public int compareTo(Link other) {
      int byPhase = phase.compareTo(other.phase);
      int bySide = byPhase != 0 ? byPhase : side.compareTo(other.side);
      return bySide != 0 ? bySide : Integer.compare(order, other.order);
    }

    boolean standsBeside(Link other) {
      return phase == other.phase && side == other.side && order == other.order;
    }
  }

  /** Begins to collect. */
  public static Links of(JoinPoint joinPoint, FunctionRuntime runtime) {
    return new Links(joinPoint, runtime);
  }

  /** Those annotations that make a link, the repeated ones taken out of their container. */
  public static List<Annotation> among(Annotation[] annotations) {
    List<Annotation> links = new ArrayList<>(annotations.length);
    for (Annotation annotation : annotations) {
      if (annotation.annotationType().isAnnotationPresent(Intercepted.class)) {
        links.add(annotation);
      } else {
        links.addAll(List.of(repeated(annotation)));
      }
    }
    return links;
  }

  private static Annotation[] repeated(Annotation container) {
    for (Method attribute : container.annotationType().getDeclaredMethods()) {
      Class<?> type = attribute.getReturnType().getComponentType();
      if (attribute.getName().equals("value")
          && type != null
          && type.isAnnotationPresent(Intercepted.class)) {
        return (Annotation[]) Objects.requireNonNull(valueOf(container, attribute));
      }
    }
    return new Annotation[0];
  }

  /**
   * Adds the links of annotations, as {@link #among} finds them.
   *
   * @throws ConfigurationException if an annotation can't work here
   */
  public Links annotations(Collection<? extends Annotation> annotations) {
    List<Annotation> all = among(annotations.toArray(new Annotation[0]));
    joinPoint = JoinPoints.annotated(joinPoint, all);
    for (Phase phase : Phase.values()) { // so that a factory sees what those further out require
      for (Annotation annotation : all) {
        Intercepted meta =
            Objects.requireNonNull(annotation.annotationType().getAnnotation(Intercepted.class));
        if (meta.phase() == phase) {
          annotation(annotation, meta);
        }
      }
    }
    return this;
  }

  private void annotation(Annotation annotation, Intercepted meta) {
    String origin = "@" + annotation.annotationType().getSimpleName();
    try {
      checkForms(annotation);
      Interceptor link = create(annotation, meta.by());
      if (link != null && meta.side() == Side.BESIDE) {
        throw new ConfigurationException(
            meta.by().getName()
                + " makes a link, which has no place beside the chain. Give its annotation type"
                + " another side in its @Intercepted, or return null.");
      }
      if (link != null) {
        links.add(new Link(link, meta.phase(), meta.side(), meta.order(), origin));
      }
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          joinPoint.describe() + ": " + origin + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new ConfigurationException(
          joinPoint.describe() + ": " + origin + ": " + meta.by().getName() + " threw " + e, e);
    }
  }

  private @Nullable Interceptor create(
      Annotation annotation, Class<? extends InterceptorFactory<?>> type) {
    @SuppressWarnings("unchecked") // @Intercepted.by names the factory for its own annotation
    InterceptorFactory<Annotation> factory = (InterceptorFactory<Annotation>) factory(type);
    return factory.create(annotation, joinPoint, runtime);
  }

  /**
   * Makes a factory, as {@link Intercepted#by} names it.
   *
   * @throws ConfigurationException if it has no constructor without parameters, or that throws
   */
  public static InterceptorFactory<?> factory(Class<? extends InterceptorFactory<?>> type) {
    try {
      Constructor<? extends InterceptorFactory<?>> constructor = type.getDeclaredConstructor();
      if (!constructor.trySetAccessible()) {
        throw new ConfigurationException(
            "the factory " + type.getName() + " is in a module that is not open to the toolkit");
      }
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ConfigurationException(
          "the factory "
              + type.getName()
              + " can't be made: "
              + cause
              + ". It needs to be a static or top-level class with a constructor without"
              + " parameters.",
          cause);
    }
  }

  private static void checkForms(Annotation annotation) {
    for (Method attribute : annotation.annotationType().getDeclaredMethods()) {
      ValueForm form = attribute.getAnnotation(ValueForm.class);
      if (form != null) {
        form.value()
            .problemWith(String.valueOf(valueOf(annotation, attribute)))
            .ifPresent(
                problem -> {
                  throw new ConfigurationException(attribute.getName() + ": " + problem);
                });
      }
    }
  }

  private static @Nullable Object valueOf(Annotation annotation, Method attribute) {
    try {
      attribute.trySetAccessible(); // the annotation type may be package-private
      return attribute.invoke(annotation);
    } catch (ReflectiveOperationException e) {
      throw new ConfigurationException(attribute.getName() + " can't be read: " + e, e);
    }
  }

  /** Adds a link made by code. */
  public Links link(Interceptor interceptor, Phase phase, Side side, int order, String origin) {
    links.add(new Link(interceptor, phase, side, order, origin));
    return this;
  }

  /**
   * Puts the links in order.
   *
   * @throws ConfigurationException if two links claim the same place
   */
  public Chain chain() {
    links.sort(null);
    List<Interceptor> ordered = new ArrayList<>(links.size());
    Link before = null;
    for (Link link : links) {
      if (before != null && before.standsBeside(link)) {
        throw twoInOnePlace(before, link);
      }
      ordered.add(link.interceptor());
      before = link;
    }
    return new Chain(joinPoint, ordered);
  }

  private ConfigurationException twoInOnePlace(Link one, Link other) {
    return new ConfigurationException(
        joinPoint.describe()
            + ": "
            + one.origin()
            + " and "
            + other.origin()
            + " claim the same place (phase "
            + one.phase()
            + ", side "
            + one.side()
            + ", order "
            + one.order()
            + "). Give one of the annotation types another order in its @Intercepted.");
  }
}
