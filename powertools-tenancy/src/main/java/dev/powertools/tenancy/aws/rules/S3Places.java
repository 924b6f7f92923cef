// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.resource.DeclaredBucket;
import dev.powertools.tenancy.resource.ResourceName;
import dev.powertools.tenancy.resource.SharedResource;
import dev.powertools.tenancy.resource.TenantResources;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant's objects are. Immutable.
 *
 * @param resources what was declared
 */
record S3Places(TenantResources resources) {

  private static final int MAX_KEY_BYTES = 1024;

  /** Requires that an object is the tenant's, or one that all may read. */
  void requireKey(@Nullable String bucket, @Nullable String key, String rule, Asked asked) {
    requireBucket(bucket, asked);
    String flaw = key == null ? "it is missing" : flaw(key, false);
    if (key == null || flaw != null) {
      throw asked.denied(rule, "the key can't be a tenant's: " + flaw, key);
    }
    if (!isOwn(bucket, key, asked)) {
      throw asked.denied(
          rule, "the object is not this tenant's. Its keys begin with " + expected(asked), key);
    }
  }

  /** Requires that all keys with a prefix are the tenant's, or such as all may read. */
  void requirePrefix(@Nullable String bucket, @Nullable String prefix, Asked asked) {
    requireBucket(bucket, asked);
    String text = prefix == null ? "" : prefix;
    String flaw = text.isEmpty() ? null : flaw(text, true);
    if (flaw != null) {
      throw asked.denied("prefix", "the prefix can't be a tenant's: " + flaw, text);
    }
    if (!isOwn(bucket, text, asked)) {
      throw asked.denied(
          "prefix",
          "the list would have objects that are not this tenant's. Ask for the prefix "
              + expected(asked),
          text);
    }
  }

  /** Requires that what was listed is the tenant's. */
  void requireListed(@Nullable String bucket, Members entry, boolean encoded, Asked asked) {
    String key = entry.text(Role.OBJECT);
    boolean own =
        key != null
            && (isOwn(bucket, key, asked)
                || (encoded
                    && isOwn(bucket, URLDecoder.decode(key, StandardCharsets.UTF_8), asked)));
    if (!own) {
      throw asked.denied("egress", "the list has an object that is not this tenant's", key);
    }
  }

  void requireKmsKey(@Nullable String key, Asked asked) {
    for (ResourceName each : resources.keys()) {
      if (key != null && each.isOf(key, asked.tenant())) {
        return;
      }
    }
    throw asked.denied("kms_key", "the key is not declared. Declare it by @TenantKey", key);
  }

  private void requireBucket(@Nullable String bucket, Asked asked) {
    for (DeclaredBucket each : resources.buckets()) {
      if (bucket != null && each.name().isOf(bucket, asked.tenant())) {
        return;
      }
    }
    for (SharedResource each : resources.shared()) {
      if (isShared(each, bucket, asked)) {
        return;
      }
    }
    throw asked.denied(
        "bucket",
        "the bucket is not declared for this tenant. Declare it by @TenantBucket, by its name",
        bucket);
  }

  private boolean isOwn(@Nullable String bucket, String key, Asked asked) {
    for (DeclaredBucket each : resources.buckets()) {
      if (bucket != null
          && each.name().isOf(bucket, asked.tenant())
          && (each.keys() == null || each.keys().isOf(key, asked.tenant()))) {
        return true;
      }
    }
    for (SharedResource each : resources.shared()) {
      if (isShared(each, bucket, asked) && key.startsWith(each.prefix())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isShared(SharedResource each, @Nullable String bucket, Asked asked) {
    return each.service().equals(asked.call().service())
        && bucket != null
        && each.name().isOf(bucket, asked.tenant())
        && each.operations().contains(asked.call().operation());
  }

  private String expected(Asked asked) {
    for (DeclaredBucket each : resources.buckets()) {
      if (each.keys() != null) {
        return each.keys().of(asked.tenant());
      }
    }
    return "what @TenantBucket says";
  }

  /** What is wrong with a key whoever it is of; null if nothing is. */
  private static @Nullable String flaw(String key, boolean prefix) {
    if (key.codePoints().anyMatch(S3Places::isOdd)) {
      return "it has a control character, or half of one";
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      return "it has more than " + MAX_KEY_BYTES + " bytes";
    }
    String[] segments = key.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean begun = prefix && i == segments.length - 1;
      if (segments[i].equals(".")
          || segments[i].equals("..")
          || (segments[i].isEmpty() && !begun)) {
        return "it has a segment that is empty, . or ..";
      }
    }
    return null;
  }

  private static boolean isOdd(int point) {
    return Character.isISOControl(point)
        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}
