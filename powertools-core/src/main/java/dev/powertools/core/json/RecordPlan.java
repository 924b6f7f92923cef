// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records: an object with a member for each component, made by the canonical constructor. */
final class RecordPlan extends Plan {
  private final RecordShape shape;
  private final Constructor<?> constructor;
  private final Plan[] plans;
  private final Map<String, Integer> indices = new HashMap<>();

  /** The plans are filled in by the planner afterwards, since records may be recursive. */
  RecordPlan(RecordShape shape, Constructor<?> constructor) {
    this.shape = shape;
    this.constructor = constructor;
    this.plans = new Plan[shape.size()];
    for (int i = 0; i < shape.size(); i++) {
      indices.put(shape.name(i), i);
    }
  }

  void component(int i, Plan plan) {
    plans[i] = plan;
  }

  @Override
  String expected() {
    return constructor.getDeclaringClass().getName();
  }

  @Override
  Object read(JsonParser parser) throws IOException {
    expect(parser, JsonToken.START_OBJECT);
    @Nullable Object[] values = new @Nullable Object[plans.length];
    boolean[] seen = new boolean[plans.length];
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Integer i = indices.get(name);
      parser.nextToken();
      if (i == null) {
        parser.skipChildren();
      } else {
        values[i] = plans[i].readOrEmpty(parser);
        seen[i] = true;
      }
    }
    for (int i = 0; i < plans.length; i++) {
      if (!seen[i]) {
        values[i] = missing(parser, i);
      }
    }
    return made(parser, values);
  }

  private @Nullable Object missing(JsonParser parser, int i) {
    if (plans[i].isRequired()) {
      JsonPointer at = JsonPointer.of(pointer(parser)).child(shape.name(i));
      throw new UndecodablePayloadException(at.toString(), plans[i].expected(), "nothing", null);
    }
    return plans[i].empty();
  }

  private Object made(JsonParser parser, @Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new UndecodablePayloadException(
          pointer(parser), expected(), "what its constructor refuses", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw mismatch(parser, e);
    }
  }

  @Override
  void write(Object record, JsonWriter out) {
    out.beginObject();
    for (int i = 0; i < plans.length; i++) {
      out.name(shape.name(i));
      plans[i].writeOrNull(component((Record) record, i), out);
    }
    out.endObject();
  }

  private @Nullable Object component(Record record, int i) {
    try {
      return shape.read(record, i);
    } catch (InvocationTargetException e) {
      throw new UnencodablePayloadException(
          expected()
              + "."
              + shape.name(i)
              + "() threw "
              + e.getTargetException().getClass().getName(),
          e.getTargetException());
    } catch (IllegalAccessException e) {
      throw new UnencodablePayloadException(expected() + " is not accessible", e);
    }
  }
}
