// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Source queues in memory whose answers a test rules. */
final class FakeSourceQueues implements SourceQueues {

  final List<List<Visibility>> requests = new ArrayList<>();
  final Map<String, Integer> hidden = new TreeMap<>();
  final List<String> events = Collections.synchronizedList(new ArrayList<>());
  @Nullable RuntimeException failure;
  boolean deletes = true;
  Runnable onDelete = () -> {};
  int limit = ReceiveLimits.NONE;
  int asked;

  @Override
  public synchronized int postpone(String source, List<Visibility> messages) {
    requests.add(messages);
    if (failure != null) {
      throw failure;
    }
    messages.forEach(each -> hidden.put(each.receipt(), each.seconds()));
    return 0;
  }

  @Override
  public boolean delete(String source, List<String> receipts) {
    events.add("delete " + receipts);
    onDelete.run();
    if (failure != null) {
      throw failure;
    }
    return deletes;
  }

  @Override
  public synchronized int mostReceives(String source) {
    asked++;
    if (failure != null) {
      throw failure;
    }
    return limit;
  }
}
