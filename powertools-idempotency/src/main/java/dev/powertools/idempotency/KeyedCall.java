// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.chain.Invocation;
import dev.powertools.idempotency.IdempotencySignal.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One call of idempotent work.
 *
 * @param invocation the call
 * @param key its key
 * @param validation the hash of the validated part of its payload
 */
record KeyedCall(Invocation invocation, ClaimKey key, @Nullable String validation) {

  FunctionInvocation function() {
    return invocation.function();
  }

  /** Tells what happened to it. */
  void emit(Kind kind) {
    function().emit(new IdempotencySignal(kind, key.operation(), key.hash()));
  }
}
