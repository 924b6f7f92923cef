// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.powertools.weaver;

import org.jspecify.annotations.NullMarked;
