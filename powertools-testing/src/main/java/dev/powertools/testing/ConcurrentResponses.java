// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.ConcurrentRun;
import java.util.List;
import java.util.Set;

/**
 * What came of invoking one handler object several times at once. Immutable.
 *
 * @param responses one for each invocation
 * @param sharedWrites the fields, as {@code Class.field}, that changed meanwhile: state that the
 *     invocations share. Found by looking at the user's classes that can be reached from the
 *     handler object before, during and after, so a write that is taken back at once may be missed
 */
public record ConcurrentResponses(List<TestResponse> responses, Set<String> sharedWrites) {

  /** Copies both. */
  public ConcurrentResponses {
    responses = List.copyOf(responses);
    sharedWrites = Set.copyOf(sharedWrites);
  }

  static ConcurrentResponses of(ConcurrentRun run) {
    return new ConcurrentResponses(
        run.results().stream().map(TestResponse::new).toList(), run.sharedWrites());
  }
}
