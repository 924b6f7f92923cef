// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.aws.rules.Shape.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** What is set in a request, or in a part of one, by what it means to the rules. Confined. */
final class Members {

  private final Shape shape;
  private final SdkPojo pojo;
  private final @Nullable SdkField<?>[] fields;
  private final @Nullable String unnamed;

  Members(Shape shape, SdkPojo pojo, @Nullable SdkField<?>[] fields, @Nullable String unnamed) {
    this.shape = shape;
    this.pojo = pojo;
    this.fields = fields;
    this.unnamed = unnamed;
  }

  /** A member that is set and that no rule names; null if there is none. */
  @Nullable String unnamed() {
    return unnamed;
  }

  /** Whether such objects have a member of this role, set or not. */
  boolean have(Role role) {
    return slot(role) >= 0;
  }

  /** The value of a role; null if none is set. */
  @Nullable Object value(Role role) {
    int slot = slot(role);
    return slot < 0 ? null : value(slot);
  }

  /** The values of all members of a role, such as are not set among them. */
  List<@Nullable Object> values(Role role) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < shape.slots().size(); i++) {
      if (shape.slots().get(i).role() == role) {
        values.add(value(i));
      }
    }
    return values;
  }

  /** The fields of all members of a role that the class has. */
  List<SdkField<?>> fields(Role role) {
    List<SdkField<?>> found = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      SdkField<?> field = fields[i];
      if (field != null && shape.slots().get(i).role() == role) {
        found.add(field);
      }
    }
    return found;
  }

  /** What they are the members of. */
  SdkPojo pojo() {
    return pojo;
  }

  private int slot(Role role) {
    List<Slot> slots = shape.slots();
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).role() == role) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable Object value(int slot) {
    SdkField<?> field = fields[slot];
    return field == null ? null : Shape.value(field, pojo);
  }

  /** A text; null if it is not set. */
  @Nullable String text(Role role) {
    return (String) value(role);
  }

  /** A list; empty if it is not set. */
  List<?> list(Role role) {
    return value(role) instanceof List<?> list ? list : List.of();
  }

  /** A map; empty if it is not set. */
  Map<?, ?> map(Role role) {
    return value(role) instanceof Map<?, ?> map ? map : Map.of();
  }

  /** A part that is set, and the name of its shape. */
  record Part(String shape, Object value) {}

  /** The parts of a role: there may be several such members. */
  List<Part> parts(Role role) {
    if (!have(role)) {
      return List.of();
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < shape.slots().size(); i++) {
      Slot slot = shape.slots().get(i);
      Object value = slot.role() == role ? value(i) : null;
      if (value != null && slot.part() != null) {
        parts.add(new Part(slot.part(), value));
      }
    }
    return parts;
  }
}
