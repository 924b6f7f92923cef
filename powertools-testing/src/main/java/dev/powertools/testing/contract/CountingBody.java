// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import dev.powertools.core.woven.Body;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Stands at the end of a chain, and answers as told. Thread-safe. */
final class CountingBody implements Body {

  private final List<@Nullable Object[]> calls = new CopyOnWriteArrayList<>();
  private final @Nullable Object answer;
  private final boolean fails;
  private Before before = () -> {};

  /** What comes before the answer. */
  @FunctionalInterface
  interface Before {
    void run() throws Exception;
  }

  CountingBody(@Nullable Object answer) {
    this(answer, false);
  }

  CountingBody(@Nullable Object answer, boolean fails) {
    this.answer = answer;
    this.fails = fails;
  }

  CountingBody before(Before action) {
    this.before = action;
    return this;
  }

  @Override
  public @Nullable Object call(@Nullable Object target, @Nullable Object[] arguments)
      throws Throwable {
    calls.add(arguments.clone());
    before.run();
    if (fails && answer instanceof Throwable failure) {
      throw failure;
    }
    return answer;
  }

  int calls() {
    return calls.size();
  }

  List<@Nullable Object[]> arguments() {
    return calls;
  }
}
