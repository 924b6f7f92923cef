// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.util.List;

/**
 * What is to be done to one class.
 *
 * @param methods the methods to weave, in the order of the class file
 * @param marked whether the class gets the marker interface
 * @param problems what makes weaving impossible, each with its fix
 */
record Plan(List<WovenMethod> methods, boolean marked, List<String> problems) {

  static final Plan NOTHING = new Plan(List.of(), false, List.of());

  boolean isNothing() {
    return !marked && problems.isEmpty();
  }
}
