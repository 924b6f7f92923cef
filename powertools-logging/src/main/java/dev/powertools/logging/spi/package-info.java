// SPDX-License-Identifier: Apache-2.0
/** What others implement to have the lines of log go elsewhere. */
@NullMarked
package dev.powertools.logging.spi;

import org.jspecify.annotations.NullMarked;
