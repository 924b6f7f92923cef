// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.util.Map;
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

  private S3Operations() {}

  static String of(SdkHttpRequest http) {
    String method = http.method().name();
    String bucketAndKey = bucketAndKey(http);
    Map<String, ?> query = http.rawQueryParameters();
    if (query.containsKey("uploadId")) {
      return OF_PARTS.getOrDefault(method, method);
    }
    for (String name : query.keySet()) {
      String byQuery = BY_QUERY.get(method + " " + name);
      if (byQuery != null) {
        return byQuery;
      }
    }
    return ofPath(http, method, bucketAndKey);
  }

  private static String ofPath(SdkHttpRequest http, String method, String bucketAndKey) {
    if (bucketAndKey.isEmpty()) {
      return "ListBuckets";
    }
    boolean isObject = bucketAndKey.indexOf('/') > 0 && !bucketAndKey.endsWith("/");
    if (isObject && http.firstMatchingHeader("x-amz-copy-source").isPresent()) {
      return "CopyObject";
    }
    return (isObject ? OF_OBJECTS : OF_BUCKETS).getOrDefault(method, method + " " + bucketAndKey);
  }

  /** {@code bucket/key}, whichever style the address has. */
  private static String bucketAndKey(SdkHttpRequest http) {
    String path = http.encodedPath().replaceFirst("^/", "");
    int bucketEnd = http.host().indexOf(".s3");
    return bucketEnd > 0 ? http.host().substring(0, bucketEnd) + "/" + path : path;
  }
}
