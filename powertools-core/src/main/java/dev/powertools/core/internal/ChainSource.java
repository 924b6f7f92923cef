// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import org.jspecify.annotations.Nullable;

/** Makes the chains of one place in the code, one for each runtime. Compared by identity. */
public interface ChainSource {

  /**
   * Makes the chain.
   *
   * @param receiver whose type's annotations apply too; {@code null} for the place's own alone
   * @throws dev.powertools.core.ConfigurationException if an annotation can't work
   */
  Chain chain(FunctionRuntime runtime, @Nullable Class<?> receiver);
}
