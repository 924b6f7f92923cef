// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import dev.powertools.core.chain.TextForm;
import dev.powertools.core.chain.ValueForm;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.enumeration.EnumerationDescription;
import net.bytebuddy.description.method.MethodDescription;

/** Checks the values of an annotation's attributes against their {@link ValueForm}. */
final class ValueCheck {

  private final List<String> problems = new ArrayList<>();

  private ValueCheck() {}

  /** What is wrong with the values of an annotation, nested annotations included. */
  static List<String> problemsOf(AnnotationDescription annotation) {
    ValueCheck check = new ValueCheck();
    check.annotation("@" + annotation.getAnnotationType().getSimpleName(), annotation);
    return check.problems;
  }

  private void annotation(String path, AnnotationDescription annotation) {
    for (MethodDescription.InDefinedShape attribute :
        annotation.getAnnotationType().getDeclaredMethods()) {
      if (attribute.isMethod() && !attribute.isStatic()) {
        Object value = annotation.getValue(attribute).resolve();
        value(path, attribute, value);
      }
    }
  }

  private void value(String path, MethodDescription.InDefinedShape attribute, Object value) {
    if (value instanceof Object[] values) {
      for (Object each : values) {
        value(path, attribute, each);
      }
    } else if (value instanceof AnnotationDescription nested) {
      annotation(path + "." + attribute.getName(), nested);
    } else if (value instanceof String text) {
      text(path, attribute, text);
    }
  }

  private void text(String path, MethodDescription.InDefinedShape attribute, String text) {
    for (AnnotationDescription meta : attribute.getDeclaredAnnotations()) {
      if (meta.getAnnotationType().getName().equals(ValueForm.class.getName())) {
        String form = meta.getValue("value").resolve(EnumerationDescription.class).getValue();
        TextForm.valueOf(form)
            .problemWith(text)
            .ifPresent(
                problem ->
                    problems.add(
                        path + "(" + attribute.getName() + " = \"" + text + "\"): " + problem));
      }
    }
  }
}
