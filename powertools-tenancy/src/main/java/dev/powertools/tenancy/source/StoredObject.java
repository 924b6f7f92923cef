// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.TenantDeniedException;
import dev.powertools.tenancy.spi.TenantResolver;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of the key of an object of S3. Keys come encoded as in forms, so what looks like another
 * tenant's may be decoded to one, and the other way round: only the decoded key counts.
 *
 * @param buckets that are ours
 * @param format what keys look like
 */
record StoredObject(List<String> buckets, KeyFormat format) implements TenantResolver {

  private static final JsonPointer EVENT_SOURCE = JsonPointer.of("/eventSource");
  private static final JsonPointer BUCKET = JsonPointer.of("/s3/bucket/name");
  private static final JsonPointer KEY = JsonPointer.of("/s3/object/key");

  @Override
  public Optional<String> resolve(FunctionInvocation work) {
    Exact.requireNoRecord(work);
    return OneOf.records(work, this::tenant);
  }

  private @Nullable String tenant(EventView record) {
    boolean ours =
        Exact.text(record, EVENT_SOURCE).filter("aws:s3"::equals).isPresent()
            && Exact.text(record, BUCKET).filter(buckets::contains).isPresent();
    String key = ours ? Exact.text(record, KEY).orElse(null) : null;
    return key == null ? null : tenant(decoded(key));
  }

  private static String decoded(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused("is not encoded as S3 does it");
    }
  }

  private String tenant(String key) {
    for (String segment : key.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw refused("has a segment . or ..");
      }
    }
    String tenant = format.tenant(key);
    if (tenant == null) {
      throw refused("does not look like " + format);
    }
    return tenant;
  }

  private static TenantDeniedException refused(String why) {
    return new TenantDeniedException("key", "The key of the object " + why + ".", null);
  }
}
