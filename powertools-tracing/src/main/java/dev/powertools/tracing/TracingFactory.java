// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.WorkContext;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.TextForm;
import dev.powertools.core.json.JsonPointer;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the link of {@link Tracing}; none where there are no spans. */
final class TracingFactory implements InterceptorFactory<Tracing> {

  @Override
  public @Nullable Interceptor create(
      Tracing annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    List<SpanPlan.Parameter> attributes = attributes(joinPoint);
    SpanEngine engine = SpanEngine.of(runtime);
    if (engine == null) {
      return null;
    }
    TracingSettings settings = TracingSettings.of(runtime);
    return new TracingInterceptor(
        engine,
        new SpanPlan(
            annotation.name(),
            joinPoint.owner().getSimpleName() + "." + joinPoint.name(),
            annotation.kind(),
            joinPoint.entry() || takesContext(joinPoint),
            annotation.captureResult().orElse(settings.captureResult()),
            annotation.captureError().orElse(settings.captureError()),
            attributes));
  }

  /** As the method does to which a base class hands an event or a record. */
  private static boolean takesContext(JoinPoint joinPoint) {
    for (Type type : joinPoint.parameterTypes()) {
      if (type instanceof Class<?> c
          && (Context.class.isAssignableFrom(c) || WorkContext.class.isAssignableFrom(c))) {
        return true;
      }
    }
    return false;
  }

  private static List<SpanPlan.Parameter> attributes(JoinPoint joinPoint) {
    List<SpanPlan.Parameter> found = new ArrayList<>(0);
    Method method = joinPoint.method().orElse(null);
    Parameter[] parameters = method == null ? new Parameter[0] : method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      SpanAttribute mark = parameters[i].getAnnotation(SpanAttribute.class);
      if (mark != null) {
        found.add(new SpanPlan.Parameter(i, name(mark, parameters[i]), pointer(mark)));
      }
    }
    return List.copyOf(found);
  }

  private static String name(SpanAttribute mark, Parameter parameter) {
    if (!mark.value().isBlank()) {
      return mark.value();
    }
    if (parameter.isNamePresent()) {
      return parameter.getName();
    }
    throw new ConfigurationException(
        "@SpanAttribute has no name, and the class file does not have the parameter's. Write"
            + " @SpanAttribute(\"…\"), or compile with -parameters.");
  }

  private static JsonPointer pointer(SpanAttribute mark) {
    TextForm.POINTER
        .problemWith(mark.pointer())
        .ifPresent(
            problem -> {
              throw new ConfigurationException("@SpanAttribute.pointer: " + problem);
            });
    return JsonPointer.of(mark.pointer());
  }
}
