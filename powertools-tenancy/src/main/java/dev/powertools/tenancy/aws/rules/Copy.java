// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.utils.builder.Buildable;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/** A copy of a request, or of a part of one, that differs in some members. Confined. */
final class Copy {

  private final Object builder;

  private Copy(Object builder) {
    this.builder = builder;
  }

  static Copy of(SdkPojo pojo) {
    return new Copy(
        pojo instanceof SdkRequest request
            ? request.toBuilder()
            : ((ToCopyableBuilder<?, ?>) pojo).toBuilder());
  }

  /** A new one, from what the SDK makes them of. */
  static Copy ofNew(SdkPojo builder) {
    return new Copy(builder);
  }

  @SuppressWarnings("unchecked") // the field's own type, by what it is a field of
  Copy with(SdkField<?> field, Object value) {
    ((SdkField<Object>) field).set(builder, value);
    return this;
  }

  /** Sets a member by its name. */
  Copy with(String member, Object value) {
    for (SdkField<?> field : ((SdkPojo) builder).sdkFields()) {
      if (field.memberName().equals(member)) {
        with(field, value);
      }
    }
    return this;
  }

  Object build() {
    return ((Buildable) builder).build();
  }
}
