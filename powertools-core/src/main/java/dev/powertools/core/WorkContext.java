// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.util.Optional;

/**
 * What is known about a unit of work beside its payload, as {@link
 * com.amazonaws.services.lambda.runtime.Context} tells it of an invocation: a parameter of such a
 * type is never taken for the payload, by a key's pointer for example.
 */
public interface WorkContext {

  /** By what its source knows it: a message id, a sequence number; empty text if by nothing. */
  default String id() {
    return "";
  }

  /** The ARN of where it came from; empty text if that is not known. */
  default String source() {
    return "";
  }

  /**
   * What the source itself says under a name, such as {@code SenderId}, and no sender can: empty if
   * it says nothing, whatever came along with the payload.
   */
  default Optional<String> attribute(String name) {
    return Optional.empty();
  }

  /**
   * What came along with the payload under a name, such as the context of the sender's trace: what
   * the source itself says stands before what the sender says.
   */
  default Optional<String> header(String name) {
    return Optional.empty();
  }
}
