// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.aws.AwsAnswer;
import dev.powertools.tenancy.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateSessionRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutObjectAclRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.RenameObjectRequest;

/** Requests to S3 that are no tenant's to make, however they begin. */
final class S3Escapes {

  private S3Escapes() {}

  /** A request that is always denied. */
  @FunctionalInterface
  private interface Request {
    SdkRequest of(BucketTarget bucket, TenantId attacker, TenantId victim);
  }

  static void addTo(ClientList list) {
    keys(list);
    lists(list);
    sources(list);
    places(list);
    rights(list);
    control(list);
    answers(list);
  }

  private static void never(ClientList list, String name, Request request) {
    S3Attacks.buckets(
        list,
        name,
        (scene, clients, bucket) ->
            scene.denied(clients, request.of(bucket, scene.attacker(), scene.victim())));
  }

  private static void neverInPool(ClientList list, String name, Request request) {
    S3Attacks.buckets(
        list,
        name,
        (scene, clients, bucket) -> {
          if (bucket.isPool()) {
            scene.denied(clients, request.of(bucket, scene.attacker(), scene.victim()));
          }
        });
  }

  private static SdkRequest get(String bucket, String key) {
    return GetObjectRequest.builder().bucket(bucket).key(key).build();
  }

  private static void keys(ClientList list) {
    key(list, "that climbs to the victim's", (own, victim) -> own + "../" + last(victim) + "/x");
    key(list, "with a dot", (own, victim) -> own + "./x");
    key(list, "that ends with two dots", (own, victim) -> own + "..");
    key(list, "with an empty part", (own, victim) -> own + "/x");
    key(list, "that begins with a slash", (own, victim) -> "/" + own + "x");
    key(list, "with a control character", (own, victim) -> own + "x\u0000");
    key(list, "with a line break", (own, victim) -> own + "x\r\ny");
    key(list, "of 1025 bytes", (own, victim) -> own + "x".repeat(1025 - own.length()));
    key(list, "in other case", (own, victim) -> own.toUpperCase(Locale.ROOT) + "x");
    key(list, "with encoded slashes", (own, victim) -> victim.replace("/", "%2F") + "x");
    key(
        list,
        "of a tenant whose id begins with the attacker's",
        (own, victim) -> own.replaceFirst("/$", "2/") + "x");
  }

  private static String last(String prefix) {
    String[] parts = prefix.split("/", -1);
    return parts[Math.max(0, parts.length - 2)];
  }

  private static void key(ClientList list, String name, BiFunction<String, String, String> key) {
    neverInPool(
        list,
        "GetObject by a key " + name,
        (bucket, own, victim) ->
            get(bucket.name(own), key.apply(bucket.prefix(own), bucket.prefix(victim))));
  }

  private static void lists(ClientList list) {
    list(list, "without a prefix", own -> own.prefix(null));
    list(list, "with an empty prefix", own -> own.prefix(""));
    list(list, "of the tenants", own -> own.prefix(parent(own.build().prefix())).delimiter("/"));
    list(
        list,
        "with the attacker's prefix without its slash",
        own -> own.prefix(own.build().prefix().replaceFirst("/$", "")));
    neverInPool(
        list,
        "ListObjectVersions without a prefix",
        (bucket, own, victim) ->
            ListObjectVersionsRequest.builder().bucket(bucket.name(own)).build());
    neverInPool(
        list,
        "ListMultipartUploads without a prefix",
        (bucket, own, victim) ->
            ListMultipartUploadsRequest.builder().bucket(bucket.name(own)).build());
  }

  private static void list(
      ClientList list, String name, UnaryOperator<ListObjectsV2Request.Builder> change) {
    neverInPool(
        list,
        "ListObjectsV2 " + name,
        (bucket, own, victim) ->
            change
                .apply(
                    ListObjectsV2Request.builder()
                        .bucket(bucket.name(own))
                        .prefix(bucket.prefix(own)))
                .build());
  }

  private static String parent(String prefix) {
    return prefix.replaceFirst("[^/]*/$", "");
  }

  private static void sources(ClientList list) {
    source(list, "that is encoded", (bucket, prefix) -> bucket + "%2F" + encoded(prefix) + "x");
    source(list, "that begins with a slash", (bucket, prefix) -> "/" + bucket + "/" + prefix + "x");
    source(list, "with a version", (bucket, prefix) -> bucket + "/" + prefix + "x?versionId=1");
    neverInPool(
        list,
        "CopyObject from a bucket that reaches into the victim's keys",
        (bucket, own, victim) ->
            CopyObjectRequest.builder()
                .sourceBucket(bucket.name(own) + "/" + bucket.prefix(victim).replaceFirst("/$", ""))
                .sourceKey("x")
                .destinationBucket(bucket.name(own))
                .destinationKey(bucket.key(own))
                .build());
    neverInPool(
        list,
        "RenameObject of the victim's",
        (bucket, own, victim) ->
            RenameObjectRequest.builder()
                .bucket(bucket.name(own))
                .key(bucket.key(own))
                .renameSource(bucket.key(victim))
                .build());
  }

  private static String encoded(String text) {
    return text.replace("/", "%2F");
  }

  private static void source(
      ClientList list, String name, BiFunction<String, String, String> source) {
    neverInPool(
        list,
        "CopyObject by a deprecated source " + name,
        (bucket, own, victim) ->
            S3Attacks.oldSource(source.apply(bucket.name(own), bucket.prefix(victim)))
                .destinationBucket(bucket.name(own))
                .destinationKey(bucket.key(own))
                .build());
  }

  private static void places(ClientList list) {
    never(
        list,
        "GetObject of a bucket that is not declared",
        (bucket, own, victim) -> get("not-declared", bucket.key(own)));
    never(
        list,
        "GetObject by the ARN of an access point",
        (bucket, own, victim) ->
            get("arn:aws:s3:us-east-1:123456789012:accesspoint/all", bucket.key(own)));
  }

  private static void rights(ClientList list) {
    put(list, "that all may read", p -> p.acl(ObjectCannedACL.PUBLIC_READ));
    put(list, "that others may read", p -> p.grantRead("id=attacker"));
    put(list, "that others own", p -> p.grantFullControl("id=attacker"));
    put(list, "that redirects", p -> p.websiteRedirectLocation("https://attacker.example"));
    never(
        list,
        "PutObjectAcl",
        (bucket, own, victim) ->
            PutObjectAclRequest.builder()
                .bucket(bucket.name(own))
                .key(bucket.key(own))
                .acl(ObjectCannedACL.PUBLIC_READ)
                .build());
    never(
        list,
        "GetObjectAcl of the victim's",
        (bucket, own, victim) ->
            GetObjectAclRequest.builder()
                .bucket(bucket.name(victim))
                .key(bucket.key(victim))
                .build());
  }

  private static void put(
      ClientList list, String name, UnaryOperator<PutObjectRequest.Builder> change) {
    never(
        list,
        "PutObject of an object " + name,
        (bucket, own, victim) ->
            change
                .apply(PutObjectRequest.builder().bucket(bucket.name(own)).key(bucket.key(own)))
                .build());
  }

  private static void control(ClientList list) {
    never(list, "ListBuckets", (bucket, own, victim) -> ListBucketsRequest.builder().build());
    never(
        list,
        "HeadBucket of a bucket that is not declared",
        (bucket, own, victim) -> HeadBucketRequest.builder().bucket("not-declared").build());
    never(
        list,
        "DeleteBucket",
        (bucket, own, victim) -> DeleteBucketRequest.builder().bucket(bucket.name(own)).build());
    never(
        list,
        "GetBucketPolicy",
        (bucket, own, victim) -> GetBucketPolicyRequest.builder().bucket(bucket.name(own)).build());
    never(
        list,
        "PutBucketPolicy",
        (bucket, own, victim) ->
            PutBucketPolicyRequest.builder().bucket(bucket.name(own)).policy("{}").build());
    never(
        list,
        "CreateSession",
        (bucket, own, victim) -> CreateSessionRequest.builder().bucket(bucket.name(own)).build());
  }

  private static void answers(ClientList list) {
    S3Attacks.buckets(
        list,
        "the victim's key in the answer to a list of the attacker's",
        (scene, clients, bucket) -> {
          if (!bucket.isPool()) {
            return;
          }
          String body =
              "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>"
                  + bucket.key(scene.victim())
                  + "</Key></Contents></ListBucketResult>";
          scene
              .functions()
              .aws()
              .on("s3", "ListObjectsV2")
              .answer(
                  new AwsAnswer(
                      200,
                      Map.of("Content-Type", "application/xml"),
                      body.getBytes(StandardCharsets.UTF_8)));
          scene.deniedAfterwards(
              clients,
              ListObjectsV2Request.builder()
                  .bucket(bucket.name(scene.attacker()))
                  .prefix(bucket.prefix(scene.attacker()))
                  .build());
        });
  }
}
