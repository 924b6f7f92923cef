// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Whether what is sent to S3 is the request that was checked: the same operation (which is method
 * and query), bucket (in the host or the path), key and source of a copy. Thread-safe.
 */
final class S3Wire {

  /** The method of each operation, and what of its query does not come from the request. */
  private static final String OPERATIONS =
      """
      GetObject: GET
      HeadObject: HEAD
      PutObject: PUT
      DeleteObject: DELETE
      DeleteObjects: POST delete
      GetObjectAttributes: GET attributes
      GetObjectTagging: GET tagging
      PutObjectTagging: PUT tagging
      DeleteObjectTagging: DELETE tagging
      GetObjectAcl: GET acl
      GetObjectLegalHold: GET legal-hold
      PutObjectLegalHold: PUT legal-hold
      GetObjectRetention: GET retention
      PutObjectRetention: PUT retention
      GetObjectTorrent: GET torrent
      RestoreObject: POST restore
      SelectObjectContent: POST select select-type=2
      CreateMultipartUpload: POST uploads
      UploadPart: PUT
      CompleteMultipartUpload: POST
      AbortMultipartUpload: DELETE
      ListParts: GET
      CopyObject: PUT
      UploadPartCopy: PUT
      ListObjects: GET
      ListObjectsV2: GET list-type=2
      ListObjectVersions: GET versions
      ListMultipartUploads: GET uploads
      """;

  private static final String COPY_SOURCE = "x-amz-copy-source";
  private static final List<String> FORBIDDEN =
      List.of(
          "x-amz-acl", "x-amz-grant-", "x-amz-website-redirect-location", "x-amz-rename-source");

  private static final Pattern AWS_HOST = Pattern.compile(".*\\.amazonaws\\.com(\\.cn)?");
  private static final Pattern S3_HOST =
      Pattern.compile(
          "(bucket\\.vpce-[a-z0-9-]+\\.)?s3(-fips|-accelerate)?(\\.dualstack)?(\\.[a-z0-9-]+)?"
              + "(\\.vpce)?\\.amazonaws\\.com(\\.cn)?");

  private final Map<String, List<String>> operations = new HashMap<>();

  S3Wire() {
    for (String line : OPERATIONS.split("\n", -1)) {
      String[] words = line.split("[: ]+", -1);
      operations.put(words[0], List.of(words).subList(1, words.length));
    }
  }

  void check(Asked asked, Members request, SdkHttpRequest wire) {
    List<String> operation = operations.getOrDefault(asked.call().operation(), List.of(""));
    boolean same =
        wire.method().name().equals(operation.get(0))
            && isSameQuery(asked.call().request(), operation, asked, wire)
            && isSamePlace(request, wire)
            && isSameSource(request, asked, wire)
            && !hasForbidden(wire);
    if (!same) {
      throw JsonWire.changed(asked);
    }
  }

  private static boolean isSameQuery(
      SdkRequest request, List<String> operation, Asked asked, SdkHttpRequest wire) {
    Map<String, @Nullable String> expected = new HashMap<>();
    Set<String> unlike = new HashSet<>(); // written in a form that is not compared
    for (String marker : operation.subList(1, operation.size())) {
      int equals = marker.indexOf('=');
      expected.put(
          equals < 0 ? marker : marker.substring(0, equals),
          equals < 0 ? "" : marker.substring(equals + 1));
    }
    for (SdkField<?> field : request.sdkFields()) {
      Object value =
          field.location() == MarshallLocation.QUERY_PARAM ? Shape.value(field, request) : null;
      if (value != null) {
        expected.put(field.locationName(), value.toString());
        if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
          unlike.add(field.locationName());
        }
      }
    }
    Map<String, String> sent = sent(wire);
    if (asked.call().operation().equals(sent.get("x-id"))) {
      sent.remove("x-id");
    }
    unlike.forEach(name -> sent.computeIfPresent(name, (n, v) -> expected.get(n)));
    return sent.equals(expected);
  }

  /** The query that is sent; what is there twice is like nothing. */
  private static Map<String, String> sent(SdkHttpRequest wire) {
    Map<String, String> sent = new HashMap<>();
    wire.rawQueryParameters()
        .forEach(
            (name, values) -> {
              String value = values == null || values.isEmpty() ? "" : values.get(0);
              boolean twice = values != null && values.size() > 1;
              sent.put(twice ? name + "\u0000" : name, value == null ? "" : value);
            });
    return sent;
  }

  private static boolean isSamePlace(Members request, SdkHttpRequest wire) {
    String bucket = request.text(Role.BUCKET);
    String key = request.text(Role.OBJECT);
    String path = Percent.decoded(wire.encodedPath());
    String host = wire.host().toLowerCase(Locale.ROOT);
    if (bucket == null || path == null) {
      return false;
    }
    String inHost = bucket + ".";
    boolean hosted =
        host.startsWith(inHost)
            && isEndpoint(host.substring(inHost.length()))
            && isPath(path, "", key);
    return hosted || (isEndpoint(host) && isPath(path, "/" + bucket, key));
  }

  private static boolean isPath(String path, String bucket, @Nullable String key) {
    return key == null
        ? path.equals(bucket) || path.equals(bucket + "/")
        : path.equals(bucket + "/" + key);
  }

  /** Whether a host has no bucket in it. Of hosts that are not AWS's the guard has to know. */
  private static boolean isEndpoint(String host) {
    return !AWS_HOST.matcher(host).matches() || S3_HOST.matcher(host).matches();
  }

  private static boolean isSameSource(Members request, Asked asked, SdkHttpRequest wire) {
    List<String> sent = JsonWire.headers(wire, COPY_SOURCE);
    if (!request.have(Role.COPY_SOURCE)) {
      return sent.isEmpty();
    }
    return sent.size() == 1
        && CopySource.read(sent.get(0), asked).equals(CopySource.of(request, asked));
  }

  private static boolean hasForbidden(SdkHttpRequest wire) {
    List<String> found = new ArrayList<>();
    wire.forEachHeader(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (FORBIDDEN.stream().anyMatch(lower::startsWith)) {
            found.add(name);
          }
        });
    return !found.isEmpty();
  }
}
