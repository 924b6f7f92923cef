// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Objects and unfinished uploads of one bucket. Confined to the lock of its fake. */
final class S3Bucket {

  /** S3 lists by the bytes of the keys, which is not the order of Java's strings. */
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final NavigableMap<String, S3Object> objects = new TreeMap<>(BY_BYTES);
  private final Map<String, S3Upload> uploads = new TreeMap<>();

  NavigableMap<String, S3Object> objects() {
    return objects;
  }

  /** By their ids. */
  Map<String, S3Upload> uploads() {
    return uploads;
  }

  S3Object object(String key) {
    S3Object object = objects.get(key);
    if (object == null) {
      throw S3Refusal.noSuchKey();
    }
    return object;
  }

  /** An upload; its id is good for the key alone that it was made for. */
  S3Upload upload(String id, String key) {
    S3Upload upload = uploads.get(id);
    if (upload == null || !upload.key().equals(key)) {
      throw S3Refusal.noSuchUpload();
    }
    return upload;
  }

  static int compare(String one, String other) {
    return BY_BYTES.compare(one, other);
  }
}
