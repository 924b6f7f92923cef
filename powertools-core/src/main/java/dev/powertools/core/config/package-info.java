// SPDX-License-Identifier: Apache-2.0
/** Configuration: the only reader of environment variables and system properties. */
@NullMarked
package dev.powertools.core.config;

import org.jspecify.annotations.NullMarked;
