// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * One line of a table of rules: which members of a request, or of a part of one, mean what. It is
 * matched with the members of a class when the first of its objects comes; what that class has and
 * the line does not name may not be set. Thread-safe.
 */
final class Shape {

  private final String name;
  private final List<Slot> slots;
  private final Set<String> free;
  private volatile @Nullable Compiled compiled;

  /**
   * A member with a role.
   *
   * @param role what it is
   * @param member its name
   * @param part the shape of its parts
   */
  record Slot(Role role, String member, @Nullable String part) {}

  /** A line, matched with a class: the fields in the order of the slots, and those not named. */
  private static final class Compiled {
    private final List<SdkField<?>> fields;
    private final @Nullable SdkField<?>[] known;
    private final List<SdkField<?>> unknown;

    Compiled(List<SdkField<?>> fields, @Nullable SdkField<?>[] known, List<SdkField<?>> unknown) {
      this.fields = fields;
      this.known = known;
      this.unknown = List.copyOf(unknown);
    }
  }

  Shape(String name, List<Slot> slots, Set<String> free) {
    this.name = name;
    this.slots = List.copyOf(slots);
    this.free = Set.copyOf(free);
  }

  String name() {
    return name;
  }

  List<Slot> slots() {
    return slots;
  }

  /** The members of an object. */
  @SuppressWarnings("ReferenceEquality") // a class has one list, and always the same
  Members of(SdkPojo pojo) {
    Compiled present = compiled;
    if (present == null || present.fields != pojo.sdkFields()) {
      present = compile(pojo);
      compiled = present;
    }
    return new Members(this, pojo, present.known, unnamed(pojo, present.unknown));
  }

  private static @Nullable String unnamed(SdkPojo pojo, List<SdkField<?>> unknown) {
    for (SdkField<?> field : unknown) {
      if (value(field, pojo) != null) {
        return field.memberName();
      }
    }
    return null;
  }

  /** What is set; the SDK's own empty collections stand for what is not. */
  static @Nullable Object value(SdkField<?> field, SdkPojo pojo) {
    Object value = field.getValueOrDefault(pojo);
    return value instanceof SdkAutoConstructMap<?, ?> || value instanceof SdkAutoConstructList<?>
        ? null
        : value;
  }

  private Compiled compile(SdkPojo pojo) {
    @Nullable SdkField<?>[] known = new SdkField<?>[slots.size()];
    List<SdkField<?>> unknown = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (SdkField<?> field : pojo.sdkFields()) {
      int slot = slot(field.memberName());
      boolean twice = !seen.add(field.memberName());
      if (slot >= 0 && !twice) {
        known[slot] = field;
      } else if (twice || !free.contains(field.memberName())) {
        unknown.add(field);
      }
    }
    return new Compiled(pojo.sdkFields(), known, unknown);
  }

  private int slot(String member) {
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).member().equals(member)) {
        return i;
      }
    }
    return -1;
  }
}
