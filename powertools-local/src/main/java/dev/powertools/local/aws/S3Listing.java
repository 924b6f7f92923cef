// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.local.aws.S3Page.Entry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The four lists of a bucket. */
final class S3Listing {

  private static final int MAX = 1000;
  private static final String NO_VERSION = "null";

  private final S3Request request;
  private final S3Bucket bucket;

  S3Listing(S3Request request, S3Bucket bucket) {
    this.request = request;
    this.bucket = bucket;
  }

  AwsAnswer answer() {
    return S3Fake.xml(
        switch (request.operation()) {
          case "ListObjectsV2" -> objectsV2();
          case "ListObjectVersions" -> versions();
          case "ListMultipartUploads" -> uploads();
          default -> objects();
        });
  }

  private Xml objects() {
    Entry marker = new Entry(request.parameter("marker"), "");
    S3Page page = page(objectEntries(""), marker, "max-keys");
    Xml xml = head("ListBucketResult", page, "MaxKeys", "max-keys");
    xml.text("Marker", encoded(marker.key()));
    if (page.next() != null) {
      xml.text("NextMarker", encoded(page.next().key()));
    }
    page.entries().forEach(entry -> content(xml, entry.key()));
    return tail(xml, page);
  }

  private Xml objectsV2() {
    String token = request.parameter("continuation-token");
    String start = token.isEmpty() ? request.parameter("start-after") : keyOf(token);
    S3Page page = page(objectEntries(""), new Entry(start, ""), "max-keys");
    Xml xml = head("ListBucketResult", page, "MaxKeys", "max-keys");
    xml.text("KeyCount", page.entries().size() + page.commonPrefixes().size());
    if (page.next() != null) {
      xml.text("NextContinuationToken", token(page.next().key()));
    }
    page.entries().forEach(entry -> content(xml, entry.key()));
    return tail(xml, page);
  }

  private Xml versions() {
    S3Page page = page(objectEntries(NO_VERSION), marker("version-id-marker"), "max-keys");
    Xml xml = head("ListVersionsResult", page, "MaxKeys", "max-keys");
    next(xml, page.next(), "NextVersionIdMarker");
    for (Entry entry : page.entries()) {
      xml.begin("Version").text("VersionId", entry.id()).text("IsLatest", true);
      object(xml, entry.key()).end();
    }
    return tail(xml, page);
  }

  private Xml uploads() {
    List<Entry> entries = new ArrayList<>();
    bucket.uploads().forEach((id, upload) -> entries.add(new Entry(upload.key(), id)));
    entries.sort(Comparator.comparing(Entry::key, S3Bucket::compare).thenComparing(Entry::id));
    S3Page page = page(entries, marker("upload-id-marker"), "max-uploads");
    Xml xml = head("ListMultipartUploadsResult", page, "MaxUploads", "max-uploads");
    next(xml, page.next(), "NextUploadIdMarker");
    for (Entry entry : page.entries()) {
      xml.begin("Upload").text("Key", encoded(entry.key())).text("UploadId", entry.id()).end();
    }
    return tail(xml, page);
  }

  private List<Entry> objectEntries(String id) {
    return bucket.objects().keySet().stream().map(key -> new Entry(key, id)).toList();
  }

  private Entry marker(String id) {
    return new Entry(request.parameter("key-marker"), request.parameter(id));
  }

  private S3Page page(List<Entry> entries, Entry marker, String max) {
    return S3Page.of(
        entries, request.parameter("prefix"), request.parameter("delimiter"), marker, max(max));
  }

  private int max(String name) {
    int max = request.number(name, MAX);
    if (max < 0) {
      throw S3Refusal.invalid("Argument " + name + " must be an integer from 0 to 2147483647");
    }
    return Math.min(max, MAX);
  }

  private Xml head(String root, S3Page page, String maxElement, String max) {
    Xml xml = new Xml(root);
    xml.text(root.equals("ListMultipartUploadsResult") ? "Bucket" : "Name", bucketName());
    xml.text("Prefix", encoded(request.parameter("prefix")));
    xml.text(maxElement, max(max)).text("IsTruncated", page.next() != null);
    for (Map.Entry<String, String> each :
        Map.of("delimiter", "Delimiter", "encoding-type", "EncodingType").entrySet()) {
      String value = request.parameter(each.getKey());
      if (!value.isEmpty()) {
        xml.text(each.getValue(), each.getValue().equals("Delimiter") ? encoded(value) : value);
      }
    }
    return xml;
  }

  private Xml tail(Xml xml, S3Page page) {
    for (String common : page.commonPrefixes()) {
      xml.begin("CommonPrefixes").text("Prefix", encoded(common)).end();
    }
    return xml;
  }

  private void next(Xml xml, @Nullable Entry next, String idElement) {
    if (next != null) {
      xml.text("NextKeyMarker", encoded(next.key())).text(idElement, next.id());
    }
  }

  private void content(Xml xml, String key) {
    object(xml.begin("Contents"), key).end();
  }

  private Xml object(Xml xml, String key) {
    S3Object object = bucket.object(key);
    return xml.text("Key", encoded(key))
        .text("LastModified", S3Object.LAST_MODIFIED)
        .text("ETag", object.etag())
        .text("Size", object.content().length)
        .text("StorageClass", "STANDARD");
  }

  private String bucketName() {
    return request.address().bucket();
  }

  /** As the client asks for it: XML has no way to hold every character of a key. */
  private String encoded(String text) {
    return request.parameter("encoding-type").equals("url")
        ? URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/")
        : text;
  }

  private static String token(String key) {
    return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String keyOf(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Refusal.invalid("The continuation token provided is incorrect");
    }
  }
}
