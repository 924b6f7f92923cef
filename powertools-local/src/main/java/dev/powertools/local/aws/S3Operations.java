// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Names the operations of S3 by method, path and query, in path style and with the bucket in the
 * host. Sub-resources beyond those of reading, writing and listing are named as {@code GET ?acl}.
 */
final class S3Operations {

  private static final Map<String, String> OF_OBJECTS =
      Map.of(
          "GET", "GetObject",
          "PUT", "PutObject",
          "HEAD", "HeadObject",
          "DELETE", "DeleteObject");
  private static final Map<String, String> OF_BUCKETS =
      Map.of(
          "GET", "ListObjects",
          "PUT", "CreateBucket",
          "HEAD", "HeadBucket",
          "DELETE", "DeleteBucket");
  private static final Map<String, String> OF_PARTS =
      Map.of(
          "GET", "ListParts",
          "PUT", "UploadPart",
          "POST", "CompleteMultipartUpload",
          "DELETE", "AbortMultipartUpload");
  private static final Map<String, String> BY_QUERY =
      Map.of(
          "GET list-type", "ListObjectsV2",
          "GET versions", "ListObjectVersions",
          "GET uploads", "ListMultipartUploads",
          "POST uploads", "CreateMultipartUpload",
          "POST delete", "DeleteObjects");
  private static final Set<String> SUB_RESOURCES =
      Set.of(
          "accelerate",
          "acl",
          "analytics",
          "attributes",
          "cors",
          "encryption",
          "inventory",
          "legal-hold",
          "lifecycle",
          "location",
          "logging",
          "metrics",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "renameObject",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "select",
          "session",
          "tagging",
          "torrent",
          "versioning",
          "website");

  private S3Operations() {}

  static String of(SdkHttpRequest http) {
    String method = http.method().name();
    Map<String, ?> query = http.rawQueryParameters();
    if (query.containsKey("uploadId")) {
      return copied(http, OF_PARTS.getOrDefault(method, method));
    }
    for (String name : query.keySet()) {
      if (SUB_RESOURCES.contains(name)) {
        return method + " ?" + name;
      }
      String byQuery = BY_QUERY.get(method + " " + name);
      if (byQuery != null) {
        return byQuery;
      }
    }
    return copied(http, ofPath(S3Address.of(http), method));
  }

  private static String ofPath(S3Address address, String method) {
    if (address.bucket().isEmpty()) {
      return "ListBuckets";
    }
    return (address.isObject() ? OF_OBJECTS : OF_BUCKETS)
        .getOrDefault(method, method + " " + address.bucket() + "/" + address.key());
  }

  /** The header makes a copy of it, whatever the body holds. */
  private static String copied(SdkHttpRequest http, String operation) {
    if (http.firstMatchingHeader("x-amz-copy-source").isEmpty()) {
      return operation;
    }
    return switch (operation) {
      case "PutObject" -> "CopyObject";
      case "UploadPart" -> "UploadPartCopy";
      default -> operation;
    };
  }
}
