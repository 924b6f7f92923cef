// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.woven.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The links of one join point in one runtime, outermost first. Immutable and thread-safe; made
 * once, used for every call.
 */
public final class Chain {

  private final JoinPoint joinPoint;
  private final Interceptor[] links;

  Chain(JoinPoint joinPoint, List<Interceptor> links) {
    this.joinPoint = joinPoint;
    this.links = links.toArray(new Interceptor[0]);
  }

  /** A chain without links: a call goes straight to the body. */
  public static Chain empty(JoinPoint joinPoint) {
    return new Chain(joinPoint, List.of());
  }

  /** Whether there is no link. */
  public boolean isEmpty() {
    return links.length == 0;
  }

  /** Where the chain is applied. */
  public JoinPoint joinPoint() {
    return joinPoint;
  }

  /**
   * Calls the body through the links.
   *
   * @param function the unit of work in which the call happens
   * @param target the receiver; {@code null} if there is none
   * @param arguments the arguments, which the chain owns from here on
   * @param body what is called at the end
   * @return what the outermost link returns
   * @throws Throwable what the outermost link throws
   */
  public @Nullable Object call(
      FunctionInvocation function, @Nullable Object target, @Nullable Object[] arguments, Body body)
      throws Throwable {
    if (links.length == 0) {
      return body.call(target, arguments);
    }
    return links[0].intercept(new Step(this, 1, function, target, arguments, body));
  }

  /** The call as the link before {@code next} sees it. */
  private static final class Step implements Invocation {

    private final Chain chain;
    private final int next;
    private final FunctionInvocation function;
    private final @Nullable Object target;
    private final @Nullable Object[] args;
    private final Body body;

    Step(
        Chain chain,
        int next,
        FunctionInvocation function,
        @Nullable Object target,
        @Nullable Object[] args,
        Body body) {
      this.chain = chain;
      this.next = next;
      this.function = function;
      this.target = target;
      this.args = args;
      this.body = body;
    }

    @Override
    public @Nullable Object target() {
      return target;
    }

    @Override
    public FunctionInvocation function() {
      return function;
    }

    @Override
    public JoinPoint joinPoint() {
      return chain.joinPoint;
    }

    @Override
    public int argumentCount() {
      return args.length;
    }

    @Override
    public @Nullable Object argument(int index) {
      return args[index];
    }

    @Override
    public @Nullable Object[] arguments() {
      return args.clone();
    }

    @Override
    public @Nullable Object proceed() throws Throwable {
      return proceedOwning(args);
    }

    @Override
    public @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable {
      if (arguments.length != args.length) {
        throw new IllegalArgumentException(
            chain.joinPoint.describe()
                + " takes "
                + args.length
                + " arguments, and a link proceeded with "
                + arguments.length);
      }
      return proceedOwning(arguments.clone());
    }

    private @Nullable Object proceedOwning(@Nullable Object[] arguments) throws Throwable {
      if (next == chain.links.length) {
        return body.call(target, arguments);
      }
      return chain.links[next].intercept(
          new Step(chain, next + 1, function, target, arguments, body));
    }

    @Override
    public String toString() {
      return chain.joinPoint.describe();
    }
  }
}
