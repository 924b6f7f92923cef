// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.core.json.JsonTree;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A clock, and a function of the test's that sees Kinesis batches by what their records hold. */
final class StreamWorld implements EventFunction {

  final VirtualClock clock = VirtualClock.start();

  /** What the function was sent: the records' data, one list per invocation. */
  final List<List<String>> batches = new ArrayList<>();

  final List<String> requestIds = new ArrayList<>();

  /** What the function does with a batch; by default it returns no failures. */
  Function<Batch, EventAnswer> behaviour = batch -> EventAnswer.returned("{}");

  /** A batch as the function sees it. */
  record Batch(List<String> data, List<String> sequences) {

    /** Names records as failed, by their data. */
    EventAnswer failing(String... failed) {
      List<String> items = new ArrayList<>();
      for (String name : failed) {
        items.add("{\"itemIdentifier\":\"" + sequences.get(data.indexOf(name)) + "\"}");
      }
      return EventAnswer.returned("{\"batchItemFailures\":[" + String.join(",", items) + "]}");
    }

    /** Stops at the first of these that it has, as a careful handler would. */
    EventAnswer failingAtFirst(Set<String> bad) {
      for (String name : data) {
        if (bad.contains(name)) {
          return failing(name);
        }
      }
      return EventAnswer.returned("{\"batchItemFailures\":[]}");
    }

    /** Throws if it has one of these. */
    EventAnswer throwingAt(Set<String> bad) {
      Set<String> found = new LinkedHashSet<>(data);
      found.retainAll(bad);
      return found.isEmpty()
          ? EventAnswer.returned("{}")
          : EventAnswer.failed("java.lang.IllegalStateException", "bad " + found);
    }
  }

  KinesisSimulator kinesis(UnaryOperator<StreamOptions.Builder> how) {
    StreamOptions options = how.apply(StreamOptions.builder()).build();
    return KinesisSimulator.of("clicks", clock, this, options);
  }

  KinesisSimulator started(UnaryOperator<StreamOptions.Builder> how) {
    KinesisSimulator stream = kinesis(how);
    stream.start();
    return stream;
  }

  @Override
  public EventAnswer invoke(byte[] event, InvokeOptions options) {
    List<String> data = new ArrayList<>();
    List<String> sequences = new ArrayList<>();
    for (Object record : (List<?>) at(tree(event), "Records")) {
      Object kinesis = at(record, "kinesis");
      byte[] bytes = Base64.getDecoder().decode((String) at(kinesis, "data"));
      data.add(new String(bytes, StandardCharsets.UTF_8));
      sequences.add((String) at(kinesis, "sequenceNumber"));
    }
    batches.add(data);
    requestIds.add(options.requestId());
    return behaviour.apply(new Batch(data, sequences));
  }

  static Object tree(byte[] json) {
    return JsonTree.read(json, JsonTree.Duplicates.REFUSE);
  }

  static Object tree(String json) {
    return tree(json.getBytes(StandardCharsets.UTF_8));
  }

  /** A value by its path of names. */
  static @Nullable Object at(Object tree, String... path) {
    Object value = tree;
    for (String name : path) {
      value = ((Map<?, ?>) value).get(name);
    }
    return value;
  }
}
