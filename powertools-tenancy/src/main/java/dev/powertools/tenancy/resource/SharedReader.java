// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a {@link TenantShared} says. Stateless. */
final class SharedReader {

  private static final String DYNAMO_DB = "DynamoDb";
  private static final String S3 = "S3";

  private static final Set<String> READS_OF_TABLES =
      Set.of("BatchGetItem", "GetItem", "Query", "Scan", "TransactGetItems");
  private static final Set<String> READS_OF_BUCKETS =
      Set.of(
          "GetObject",
          "GetObjectAttributes",
          "GetObjectTagging",
          "HeadObject",
          "ListObjectVersions",
          "ListObjects",
          "ListObjectsV2");

  private SharedReader() {}

  static SharedResource read(TenantShared shared, Place place) {
    String resource = place.filled("resource", shared.resource());
    if (shared.operations().length == 0) {
      throw place.wrong("operations", "name those that all tenants may call, such as GetItem");
    }
    Set<String> operations = Set.copyOf(List.of(shared.operations()));
    if (shared.service().equals(DYNAMO_DB)) {
      requireReads(operations, READS_OF_TABLES, place);
      ResourceName table = pool(place.name("resource", resource, "dynamodb"), place);
      return new SharedResource(DYNAMO_DB, table, "", operations);
    }
    if (shared.service().equals(S3)) {
      requireReads(operations, READS_OF_BUCKETS, place);
      int slash = resource.indexOf('/');
      String prefix = slash < 0 ? "" : resource.substring(slash + 1);
      if (!prefix.isEmpty() && !prefix.endsWith("/")) {
        throw place.wrong("resource", "what keys begin with ends with a /, as assets/public/");
      }
      String bucket = slash < 0 ? resource : resource.substring(0, slash);
      ResourceName name = pool(BucketReader.name("resource", bucket, place), place);
      return new SharedResource(S3, name, prefix, operations);
    }
    throw place.wrong("service", "only DynamoDb and S3 have what can be shared");
  }

  private static void requireReads(Set<String> operations, Set<String> reads, Place place) {
    if (!reads.containsAll(operations)) {
      throw place.wrong("operations", "what is shared is read only: of " + new TreeSet<>(reads));
    }
  }

  private static ResourceName pool(ResourceName name, Place place) {
    if (name.isSilo()) {
      throw place.wrong("resource", "what has {tenant} in its name is not shared");
    }
    return name;
  }
}
