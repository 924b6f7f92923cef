// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.tenancy.TenantId;
import dev.powertools.testing.TenantAttack.Group;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Requests for the victim's objects in each way that S3 has to name them. For the attacker's own,
 * the same request is sent.
 */
final class S3Attacks {

  private static final String SERVICE = "s3";

  private S3Attacks() {}

  /** A request for what is somebody's. */
  @FunctionalInterface
  private interface Probe {
    SdkRequest of(BucketTarget bucket, TenantId whose);
  }

  /** A request for two objects. */
  @FunctionalInterface
  private interface Pair {
    SdkRequest of(BucketTarget bucket, TenantId one, TenantId other);
  }

  static void addTo(ClientList list) {
    objects(list);
    more(list);
    uploads(list);
    copies(list);
    lists(list);
  }

  static void buckets(ClientList list, String name, ClientList.Script<BucketTarget> script) {
    list.add(
        Group.S3,
        name,
        scene ->
            ClientList.each(
                scene,
                SERVICE,
                clients -> clients.resources().buckets().stream().map(BucketTarget::new).toList(),
                script));
  }

  private static void foreign(ClientList list, String name, Probe probe) {
    buckets(
        list,
        name,
        (scene, clients, bucket) -> {
          scene.sent(clients, probe.of(bucket, scene.attacker()));
          scene.denied(clients, probe.of(bucket, scene.victim()));
        });
  }

  /** Both places in turn are the victim's. */
  private static void between(ClientList list, String name, Pair pair) {
    buckets(
        list,
        name + " from the victim's to the attacker's",
        (scene, clients, bucket) -> {
          scene.sent(clients, pair.of(bucket, scene.attacker(), scene.attacker()));
          scene.denied(clients, pair.of(bucket, scene.victim(), scene.attacker()));
        });
    buckets(
        list,
        name + " from the attacker's to the victim's",
        (scene, clients, bucket) ->
            scene.denied(clients, pair.of(bucket, scene.attacker(), scene.victim())));
  }

  private static void objects(ClientList list) {
    foreign(
        list,
        "GetObject of the victim's",
        (bucket, whose) ->
            GetObjectRequest.builder().bucket(bucket.name(whose)).key(bucket.key(whose)).build());
    foreign(
        list,
        "HeadObject of the victim's",
        (bucket, whose) ->
            HeadObjectRequest.builder().bucket(bucket.name(whose)).key(bucket.key(whose)).build());
    foreign(
        list,
        "PutObject of the victim's",
        (bucket, whose) ->
            PutObjectRequest.builder().bucket(bucket.name(whose)).key(bucket.key(whose)).build());
    foreign(
        list,
        "DeleteObject of the victim's",
        (bucket, whose) ->
            DeleteObjectRequest.builder()
                .bucket(bucket.name(whose))
                .key(bucket.key(whose))
                .build());
    buckets(
        list,
        "DeleteObjects of the attacker's and the victim's",
        (scene, clients, bucket) -> {
          if (bucket.isPool()) {
            scene.sent(clients, delete(bucket, scene.attacker(), scene.attacker()));
            scene.denied(clients, delete(bucket, scene.attacker(), scene.victim()));
          }
        });
  }

  private static SdkRequest delete(BucketTarget bucket, TenantId one, TenantId other) {
    return DeleteObjectsRequest.builder()
        .bucket(bucket.name(one))
        .delete(
            d ->
                d.objects(
                    ObjectIdentifier.builder().key(bucket.key(one)).build(),
                    ObjectIdentifier.builder().key(bucket.key(other)).build()))
        .build();
  }

  private static void more(ClientList list) {
    foreign(
        list,
        "GetObjectAttributes of the victim's",
        (bucket, whose) ->
            GetObjectAttributesRequest.builder()
                .bucket(bucket.name(whose))
                .key(bucket.key(whose))
                .objectAttributes(ObjectAttributes.E_TAG)
                .build());
    foreign(
        list,
        "GetObjectTagging of the victim's",
        (bucket, whose) ->
            GetObjectTaggingRequest.builder()
                .bucket(bucket.name(whose))
                .key(bucket.key(whose))
                .build());
    foreign(
        list,
        "PutObjectTagging of the victim's",
        (bucket, whose) ->
            PutObjectTaggingRequest.builder()
                .bucket(bucket.name(whose))
                .key(bucket.key(whose))
                .tagging(t -> t.tagSet(Tag.builder().key("k").value("v").build()))
                .build());
    foreign(
        list,
        "DeleteObjectTagging of the victim's",
        (bucket, whose) ->
            DeleteObjectTaggingRequest.builder()
                .bucket(bucket.name(whose))
                .key(bucket.key(whose))
                .build());
  }

  private static void uploads(ClientList list) {
    foreign(
        list,
        "CreateMultipartUpload of the victim's",
        (bucket, whose) ->
            CreateMultipartUploadRequest.builder()
                .bucket(bucket.name(whose))
                .key(bucket.key(whose))
                .build());
    foreign(
        list,
        "UploadPart of the victim's",
        (bucket, whose) ->
            UploadPartRequest.builder()
                .bucket(bucket.name(whose))
                .key(bucket.key(whose))
                .uploadId("u")
                .partNumber(1)
                .build());
    foreign(
        list,
        "ListParts of the victim's",
        (bucket, whose) ->
            ListPartsRequest.builder()
                .bucket(bucket.name(whose))
                .key(bucket.key(whose))
                .uploadId("u")
                .build());
    foreign(
        list,
        "CompleteMultipartUpload of the victim's",
        (bucket, whose) ->
            CompleteMultipartUploadRequest.builder()
                .bucket(bucket.name(whose))
                .key(bucket.key(whose))
                .uploadId("u")
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag("e").build()))
                .build());
    foreign(
        list,
        "AbortMultipartUpload of the victim's",
        (bucket, whose) ->
            AbortMultipartUploadRequest.builder()
                .bucket(bucket.name(whose))
                .key(bucket.key(whose))
                .uploadId("u")
                .build());
  }

  private static void copies(ClientList list) {
    between(
        list,
        "CopyObject",
        (bucket, from, to) ->
            CopyObjectRequest.builder()
                .sourceBucket(bucket.name(from))
                .sourceKey(bucket.key(from))
                .destinationBucket(bucket.name(to))
                .destinationKey(bucket.key(to))
                .build());
    between(
        list,
        "CopyObject by the deprecated source",
        (bucket, from, to) ->
            oldSource(bucket.name(from) + "/" + bucket.key(from))
                .destinationBucket(bucket.name(to))
                .destinationKey(bucket.key(to))
                .build());
    between(
        list,
        "UploadPartCopy",
        (bucket, from, to) ->
            UploadPartCopyRequest.builder()
                .sourceBucket(bucket.name(from))
                .sourceKey(bucket.key(from))
                .destinationBucket(bucket.name(to))
                .destinationKey(bucket.key(to))
                .uploadId("u")
                .partNumber(1)
                .build());
  }

  @SuppressWarnings("deprecation")
  static CopyObjectRequest.Builder oldSource(String source) {
    return CopyObjectRequest.builder().copySource(source);
  }

  private static void lists(ClientList list) {
    foreign(
        list,
        "ListObjects of the victim's",
        (bucket, whose) ->
            ListObjectsRequest.builder()
                .bucket(bucket.name(whose))
                .prefix(bucket.prefix(whose))
                .build());
    foreign(
        list,
        "ListObjectsV2 of the victim's",
        (bucket, whose) ->
            ListObjectsV2Request.builder()
                .bucket(bucket.name(whose))
                .prefix(bucket.prefix(whose))
                .build());
    foreign(
        list,
        "ListObjectVersions of the victim's",
        (bucket, whose) ->
            ListObjectVersionsRequest.builder()
                .bucket(bucket.name(whose))
                .prefix(bucket.prefix(whose))
                .build());
    foreign(
        list,
        "ListMultipartUploads of the victim's",
        (bucket, whose) ->
            ListMultipartUploadsRequest.builder()
                .bucket(bucket.name(whose))
                .prefix(bucket.prefix(whose))
                .build());
  }
}
