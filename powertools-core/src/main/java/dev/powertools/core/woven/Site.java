// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.internal.ChainMemo;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.MethodChains;
import dev.powertools.core.internal.RuntimeResolver;
import dev.powertools.core.internal.Scope;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The place of one woven method: a static constant of its class, through which the generated
 * wrapper calls the chain. What depends on the class is in here; what depends on configuration is
 * in the runtime, and the scope says which runtime. Thread-safe.
 *
 * <p>A chain is made once for each (site, runtime).
 */
public final class Site {

  private final MethodChains source;
  private final ChainMemo chains;
  private final Class<?> owner;
  private final boolean entry;
  private final Body body;

  private Site(Class<?> owner, String method, MethodType type, Body body, boolean entry) {
    this.source = new MethodChains(owner, method, type, entry);
    this.chains = new ChainMemo(source);
    this.owner = owner;
    this.body = body;
    this.entry = entry;
  }

  /**
   * The place of an annotated method.
   *
   * @param owner the class that declares it
   * @param method its name
   * @param type its erased parameter and result types, without the receiver
   * @param body its original body
   */
  public static Site of(Class<?> owner, String method, MethodType type, Body body) {
    return new Site(owner, method, type, body, false);
  }

  /**
   * The place of a method at which the platform's call can arrive; parameters as in {@link #of}.
   */
  public static Site entry(Class<?> owner, String method, MethodType type, Body body) {
    return new Site(owner, method, type, body, true);
  }

  /**
   * Makes the chain ahead of the first call if this process runs a function, so that what is wrong
   * fails while the function starts. Elsewhere it does nothing, so that a class stays loadable.
   */
  public void link() {
    chains.link(owner, entry ? owner : null);
  }

  /**
   * Calls the method through its chain.
   *
   * @param target the receiver, {@code null} for a static method
   * @param arguments the arguments, boxed
   * @return the result, boxed
   * @throws Throwable what the method or a link throws, unchanged
   */
  public @Nullable Object invoke(@Nullable Object target, @Nullable Object[] arguments)
      throws Throwable {
    Scope scope = Scope.current();
    if (entry) {
      return enter(scope, target, arguments);
    }
    FunctionRuntime runtime =
        scope != null
            ? scope.runtime()
            : RuntimeResolver.forReceiver(target == null ? owner : target.getClass());
    return pass(scope, runtime, chains.get(runtime, null), target, arguments);
  }

  private @Nullable Object pass(
      @Nullable Scope scope,
      FunctionRuntime runtime,
      Chain chain,
      @Nullable Object target,
      @Nullable Object[] arguments)
      throws Throwable {
    if (chain.isEmpty()) {
      return body.call(target, arguments);
    }
    LiveInvocation invocation = scope == null ? null : scope.invocation();
    return invocation != null
        ? chain.call(invocation, target, arguments, body)
        : Entry.adHoc(runtime, chain, target, arguments, body);
  }

  /**
   * The outermost entry method opens the invocation. One that is called inside an invocation, by a
   * handler that delegates to another, keeps to that invocation; annotations of its type apply, but
   * only once for a handler object, so that {@code super.handleRequest} does not apply them again.
   */
  private @Nullable Object enter(
      @Nullable Scope scope, @Nullable Object target, @Nullable Object[] arguments)
      throws Throwable {
    Class<?> receiver = target == null ? owner : target.getClass();
    FunctionRuntime runtime =
        scope != null ? scope.runtime() : RuntimeResolver.forReceiver(receiver);
    Object handler = target == null ? owner : target;
    boolean again = scope != null && scope.hasEntered(handler);
    Chain chain = chains.get(runtime, again ? null : receiver);
    LiveInvocation current = scope == null ? null : scope.invocation();
    if (scope != null && current != null) {
      return again
          ? chain.call(current, target, arguments, body)
          : scope.entering(handler).call(() -> chain.call(current, target, arguments, body));
    }
    return Entry.open(runtime, chain, handler, target, arguments, body);
  }

  @Override
  public String toString() {
    return source.toString();
  }
}
