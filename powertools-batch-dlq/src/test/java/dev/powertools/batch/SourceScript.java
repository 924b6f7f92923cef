// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.Outcome;
import dev.powertools.core.WorkContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the handlers of a contract do with a record, by what its body begins with; and their diary.
 */
final class SourceScript {

  final List<String> diary = Collections.synchronizedList(new ArrayList<>());
  final List<String> workIds = Collections.synchronizedList(new ArrayList<>());
  final List<WorkContext> contexts = Collections.synchronizedList(new ArrayList<>());

  Outcome play(String body, WorkContext record) {
    diary.add("run " + body);
    contexts.add(record);
    workIds.add(FunctionInvocation.current().orElseThrow().workId());
    return switch (body.replaceFirst("-.*", "")) {
      case "fails" -> throw new IllegalStateException(body);
      case "later" -> Outcome.retryAfter(java.time.Duration.ofMinutes(1));
      case "never" -> Outcome.deadLetter(body);
      case "ignored" -> Outcome.ignored(body);
      case "fatal" -> throw new OutOfMemoryError(body);
      default -> Outcome.done();
    };
  }
}
