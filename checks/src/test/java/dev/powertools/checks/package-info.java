// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.powertools.checks;

import org.jspecify.annotations.NullMarked;
