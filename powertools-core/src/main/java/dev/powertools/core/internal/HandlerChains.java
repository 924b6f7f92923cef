// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import org.jspecify.annotations.Nullable;

/**
 * Makes the chains of a base class that has one method for one event: the annotations of the
 * handler's type and of the method, and a link that turns bytes into the event and the result into
 * bytes. A woven method brings its own links, inside that one. Immutable.
 */
public final class HandlerChains implements ChainSource {

  private final DoorMethod method;
  private final Class<?> handler;
  private final Interceptor codec;

  /** Makes chains around {@code method}, with {@code codec} outermost of those that decode. */
  public HandlerChains(DoorMethod method, Class<?> handler, Interceptor codec) {
    this.method = method;
    this.handler = handler;
    this.codec = codec;
  }

  @Override
  public Chain chain(FunctionRuntime runtime, @Nullable Class<?> receiver) {
    return Links.of(JoinPoints.method(method.method(), true), runtime)
        .annotations(MethodChains.withTypes(method.annotationsToApply(), handler))
        .link(codec, Phase.DECODE, Side.OUTSIDE, Integer.MIN_VALUE, "the payload codec")
        .chain();
  }
}
