// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonTree.Duplicates;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A change as single values are read from it: by the names of {@link Change}, and by those that its
 * event has. Made when first asked, since mostly nobody does. Two threads may both make it, to the
 * same end.
 */
final class DynamoDbView extends AbstractMap<String, Object> {

  private final DynamoDbRecord change;
  private @Nullable Map<String, Object> members;

  DynamoDbView(DynamoDbRecord change) {
    this.change = change;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    Map<String, Object> present = members;
    if (present == null) {
      present = read();
      members = present;
    }
    return present.entrySet();
  }

  private Map<String, Object> read() {
    Map<String, Object> read = new LinkedHashMap<>();
    if (JsonTree.read(change.original().get(), Duplicates.MARK) instanceof Map<?, ?> members) {
      members.forEach((name, value) -> put(read, String.valueOf(name), value));
    }
    read.put("kind", change.kind());
    read.put("keys", change.keys());
    put(read, "before", plain(change.oldImage()));
    put(read, "after", plain(change.newImage()));
    return read;
  }

  private static byte @Nullable [] plain(@Nullable Supplier<byte[]> image) {
    return image == null ? null : DynamoDbItem.plainOrNull(image.get());
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
