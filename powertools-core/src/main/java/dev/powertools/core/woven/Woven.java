// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

/**
 * Marks a class whose annotated methods were woven at build time. The weaver adds it to the class's
 * own interfaces; a woven parent does not vouch for its subclass, so ask the declaring class's own
 * interfaces and never {@code instanceof}.
 */
public interface Woven {}
