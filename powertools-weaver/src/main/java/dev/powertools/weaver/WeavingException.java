// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.util.List;

/**
 * An annotation that cannot be applied. Fails the build: an annotation that is not applied must
 * never be silent. The message has one line per problem, each with class, method, cause and fix.
 */
public final class WeavingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WeavingException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
