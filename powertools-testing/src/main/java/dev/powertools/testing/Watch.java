// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.LoopHook;
import dev.powertools.local.PointListener;

/** Is told what one function does: when it is invoked, and which points it reaches. */
interface Watch extends PointListener, LoopHook {}
