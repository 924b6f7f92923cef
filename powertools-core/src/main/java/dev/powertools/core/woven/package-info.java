// SPDX-License-Identifier: Apache-2.0
/**
 * What woven class files are linked against: the binary contract between the weaver of one version
 * and the core of another. Nothing in here is changed or removed once released.
 */
@NullMarked
package dev.powertools.core.woven;

import org.jspecify.annotations.NullMarked;
