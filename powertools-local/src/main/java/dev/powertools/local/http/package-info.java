// SPDX-License-Identifier: Apache-2.0
/**
 * A small HTTP/1.1 server on 127.0.0.1, for the parts of this module; not meant for users.
 *
 * <p>Ours and not the JDK's: on JDK 17 that one delays each response with a body by 40 ms, unless a
 * system property is set before its classes load, and a library has no business setting the
 * properties of its host.
 */
@NullMarked
package dev.powertools.local.http;

import org.jspecify.annotations.NullMarked;
