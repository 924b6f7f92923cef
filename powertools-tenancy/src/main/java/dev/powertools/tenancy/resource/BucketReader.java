// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.util.regex.Pattern;

/** Reads what a {@link TenantBucket} says. Stateless. */
final class BucketReader {

  private static final Pattern NAME = Pattern.compile("[a-z0-9.{}-]{3,80}");

  private BucketReader() {}

  static DeclaredBucket read(TenantBucket bucket, Place place) {
    ResourceName name = name("name", bucket.name(), place);
    String prefix = place.text("prefix", bucket.prefix());
    if (prefix.isEmpty() && name.isSilo()) {
      return new DeclaredBucket(name, null);
    }
    if (!prefix.endsWith("/") || prefix.startsWith("/") || prefix.contains("//")) {
      throw place.wrong(
          "prefix",
          "what keys begin with ends with a / and has no empty part, as tenants/{tenant}/");
    }
    return new DeclaredBucket(name, place.format("prefix", prefix + "*"));
  }

  static ResourceName name(String attribute, String value, Place place) {
    String text = place.filled(attribute, value);
    if (!NAME.matcher(text).matches()) {
      throw place.wrong(
          attribute, "a bucket is declared by its name, not by an ARN, access point or URL");
    }
    return place.name(attribute, text, "s3");
  }
}
