// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.local.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * S3 in memory, with its own rules where they decide who sees what: keys are never normalised
 * ({@code a/../b} is a key of its own), {@code x-amz-copy-source} makes a copy of any put, lists
 * have prefixes, delimiters and pages, and an upload's id is good for its key alone.
 *
 * <pre>{@code
 * S3Fake s3 = S3Fake.withBuckets("shared");
 * functions.aws().serve("s3", s3);
 * s3.put("shared", "tenants/acme/invoice", "42");
 * }</pre>
 *
 * <p>It knows objects (get, head, put, copy, delete, delete many), the four lists, and multipart
 * uploads; whole objects and no ranges, no versions, no access control, and no signatures are
 * checked; the rest is answered by {@code NotImplemented}. Every object is of 2026-01-01.
 * Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html">API reference</a>
 */
public final class S3Fake implements AwsService {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,9})-(\\d{1,9})");

  private final Map<String, S3Bucket> buckets = new TreeMap<>();
  private long uploads;

  private S3Fake() {}

  /** An S3 that has these buckets, and nothing in them. */
  public static S3Fake withBuckets(String... names) {
    S3Fake fake = new S3Fake();
    for (String name : names) {
      fake.buckets.put(name, new S3Bucket());
    }
    return fake;
  }

  /**
   * Stores an object, as somebody else would have.
   *
   * @throws IllegalArgumentException if there is no such bucket
   */
  public synchronized S3Fake put(String bucket, String key, String text) {
    S3Object object = new S3Object(text.getBytes(StandardCharsets.UTF_8), Map.of());
    known(bucket).objects().put(key, object);
    return this;
  }

  /**
   * The text of an object.
   *
   * @throws IllegalArgumentException if there is no such bucket
   */
  public synchronized Optional<String> text(String bucket, String key) {
    return Optional.ofNullable(known(bucket).objects().get(key))
        .map(object -> new String(object.content(), StandardCharsets.UTF_8));
  }

  /**
   * The keys of a bucket, in S3's order.
   *
   * @throws IllegalArgumentException if there is no such bucket
   */
  public synchronized List<String> keys(String bucket) {
    return List.copyOf(known(bucket).objects().keySet());
  }

  private S3Bucket known(String name) {
    S3Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new IllegalArgumentException(
          "There is no bucket " + name + " but " + buckets.keySet() + ": name it in withBuckets");
    }
    return bucket;
  }

  /**
   * Serves it on a port of this machine as well, for functions in other processes: their clients
   * have {@code http://127.0.0.1:<port>} as endpoint, in path style. The caller closes it.
   */
  public HttpServer http() {
    return S3Http.start(this);
  }

  @Override
  public synchronized AwsAnswer answer(AwsRequest request) {
    try {
      return answer(S3Request.of(request));
    } catch (S3Refusal refusal) {
      return refusal.answer(request);
    }
  }

  private AwsAnswer answer(S3Request request) {
    String name = request.address().bucket();
    if (request.operation().equals("ListBuckets")) {
      return listBuckets();
    }
    if (request.operation().equals("CreateBucket")) {
      buckets.putIfAbsent(name, new S3Bucket());
      return empty(200);
    }
    S3Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw S3Refusal.noSuchBucket();
    }
    return answer(request, bucket, request.address().key());
  }

  private AwsAnswer answer(S3Request request, S3Bucket bucket, String key) {
    return switch (request.operation()) {
      case "HeadBucket" -> empty(200);
      case "GetObject" -> bucket.object(key).answer(false);
      case "HeadObject" -> bucket.object(key).answer(true);
      case "PutObject" -> put(bucket, key, new S3Object(request.body(), request.kept()));
      case "CopyObject" -> copy(request, bucket, key);
      case "DeleteObject" -> delete(bucket, key);
      case "DeleteObjects" -> deleteAll(request, bucket);
      case "ListObjects", "ListObjectsV2", "ListObjectVersions", "ListMultipartUploads" ->
          new S3Listing(request, bucket).answer();
      case "CreateMultipartUpload" -> begin(request, bucket, key);
      case "UploadPart" -> part(request, bucket, new S3Object(request.body(), Map.of()));
      case "UploadPartCopy" -> copyPart(request, bucket);
      case "ListParts" -> listParts(request, bucket);
      case "CompleteMultipartUpload" -> complete(request, bucket, key);
      case "AbortMultipartUpload" -> abort(request, bucket);
      default -> throw S3Refusal.notImplemented(request.operation());
    };
  }

  private AwsAnswer listBuckets() {
    Xml xml = new Xml("ListAllMyBucketsResult").begin("Buckets");
    for (String name : buckets.keySet()) {
      xml.begin("Bucket").text("Name", name).end();
    }
    return xml(xml);
  }

  private static AwsAnswer put(S3Bucket bucket, String key, S3Object object) {
    bucket.objects().put(key, object);
    return new AwsAnswer(200, Map.of("ETag", object.etag()), new byte[0]);
  }

  private AwsAnswer copy(S3Request request, S3Bucket bucket, String key) {
    S3Object source = source(request);
    put(bucket, key, source);
    return copied("CopyObjectResult", source);
  }

  private S3Object source(S3Request request) {
    S3Address source = S3Address.ofCopySource(request.header("x-amz-copy-source"));
    S3Bucket bucket = buckets.get(source.bucket());
    if (bucket == null) {
      throw S3Refusal.noSuchBucket();
    }
    return bucket.object(source.key());
  }

  private static AwsAnswer copied(String root, S3Object object) {
    Xml xml = new Xml(root).text("ETag", object.etag());
    return xml(xml.text("LastModified", S3Object.LAST_MODIFIED));
  }

  private static AwsAnswer delete(S3Bucket bucket, String key) {
    bucket.objects().remove(key);
    return empty(204);
  }

  private static AwsAnswer deleteAll(S3Request request, S3Bucket bucket) {
    Xml xml = new Xml("DeleteResult");
    for (String key : Xml.texts(request.body(), "Key")) {
      bucket.objects().remove(key);
      xml.begin("Deleted").text("Key", key).end();
    }
    return xml(xml);
  }

  private AwsAnswer begin(S3Request request, S3Bucket bucket, String key) {
    uploads++;
    String id = "upload-%04d".formatted(uploads);
    bucket.uploads().put(id, new S3Upload(key, request.kept()));
    Xml xml = new Xml("InitiateMultipartUploadResult");
    return xml(
        xml.text("Bucket", request.address().bucket()).text("Key", key).text("UploadId", id));
  }

  private static AwsAnswer part(S3Request request, S3Bucket bucket, S3Object part) {
    int number = request.number("partNumber", 0);
    if (number < 1 || number > 10_000) {
      throw S3Refusal.invalid("Part number must be an integer between 1 and 10000, inclusive");
    }
    upload(request, bucket).parts().put(number, part);
    return new AwsAnswer(200, Map.of("ETag", part.etag()), new byte[0]);
  }

  private AwsAnswer copyPart(S3Request request, S3Bucket bucket) {
    byte[] content = source(request).content();
    Matcher range = RANGE.matcher(request.header("x-amz-copy-source-range"));
    if (range.matches()) {
      int end = Math.min(content.length, Integer.parseInt(range.group(2)) + 1);
      content = Arrays.copyOfRange(content, Math.min(Integer.parseInt(range.group(1)), end), end);
    }
    S3Object part = new S3Object(content, Map.of());
    part(request, bucket, part);
    return copied("CopyPartResult", part);
  }

  private static AwsAnswer listParts(S3Request request, S3Bucket bucket) {
    Xml xml = new Xml("ListPartsResult").text("IsTruncated", false);
    upload(request, bucket)
        .parts()
        .forEach(
            (number, part) ->
                xml.begin("Part").text("PartNumber", number).text("ETag", part.etag()).end());
    return xml(xml);
  }

  private static AwsAnswer complete(S3Request request, S3Bucket bucket, String key) {
    S3Object whole = upload(request, bucket).complete(Xml.texts(request.body(), "PartNumber"));
    bucket.uploads().remove(request.parameter("uploadId"));
    put(bucket, key, whole);
    Xml xml = new Xml("CompleteMultipartUploadResult");
    xml.text("Bucket", request.address().bucket()).text("Key", key);
    return xml(xml.text("ETag", whole.etag()));
  }

  private static AwsAnswer abort(S3Request request, S3Bucket bucket) {
    upload(request, bucket);
    bucket.uploads().remove(request.parameter("uploadId"));
    return empty(204);
  }

  private static S3Upload upload(S3Request request, S3Bucket bucket) {
    return bucket.upload(request.parameter("uploadId"), request.address().key());
  }

  private static AwsAnswer empty(int status) {
    return new AwsAnswer(status, new LinkedHashMap<>(), new byte[0]);
  }

  static AwsAnswer xml(Xml xml) {
    return new AwsAnswer(200, Map.of("Content-Type", "application/xml"), xml.toBytes());
  }
}
