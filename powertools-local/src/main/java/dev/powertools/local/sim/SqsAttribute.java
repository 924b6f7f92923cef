// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** A message attribute: a type, and text or bytes by that type. */
record SqsAttribute(String type, @Nullable String text, @Nullable SdkBytes binary) {

  boolean isBinary() {
    return type.startsWith("Binary");
  }

  /** The value as it counts for sizes and digests. */
  byte[] bytes() {
    return isBinary()
        ? Objects.requireNonNull(binary).asByteArray()
        : Objects.requireNonNull(text).getBytes(StandardCharsets.UTF_8);
  }

  MessageAttributeValue sdk() {
    MessageAttributeValue.Builder value = MessageAttributeValue.builder().dataType(type);
    return isBinary() ? value.binaryValue(binary).build() : value.stringValue(text).build();
  }
}
