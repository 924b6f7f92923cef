// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.aws.rules.Members.Part;
import dev.powertools.tenancy.resource.TenantResources;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What a tenant's clients may ask of S3: objects under the tenant's prefix, and lists of them. What
 * has no line here (buckets, sessions, access control) is denied, and so are members that would
 * give an object to others: ACL, grants, redirects.
 */
final class S3Rules implements ServiceRules {

  /** Operations begin with a capital, parts of requests do not. */
  private static final String REQUESTS =
      """
      GetObject: bucket=Bucket object=Key
        | ChecksumMode ExpectedBucketOwner IfMatch IfModifiedSince IfNoneMatch IfUnmodifiedSince
          PartNumber Range RequestPayer ResponseCacheControl ResponseContentDisposition
          ResponseContentEncoding ResponseContentLanguage ResponseContentType ResponseExpires
          SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 VersionId
      HeadObject: bucket=Bucket object=Key
        | ChecksumMode ExpectedBucketOwner IfMatch IfModifiedSince IfNoneMatch IfUnmodifiedSince
          PartNumber Range RequestPayer ResponseCacheControl ResponseContentDisposition
          ResponseContentEncoding ResponseContentLanguage ResponseContentType ResponseExpires
          SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 VersionId
      PutObject: bucket=Bucket object=Key kms_key=SSEKMSKeyId
        | BucketKeyEnabled CacheControl ChecksumAlgorithm ChecksumCRC32 ChecksumCRC32C
          ChecksumCRC64NVME ChecksumMD5 ChecksumSHA1 ChecksumSHA256 ChecksumSHA512
          ChecksumXXHASH128 ChecksumXXHASH3 ChecksumXXHASH64 ContentDisposition ContentEncoding
          ContentLanguage ContentLength ContentMD5 ContentType ExpectedBucketOwner Expires IfMatch
          IfNoneMatch Metadata ObjectLockLegalHoldStatus ObjectLockMode ObjectLockRetainUntilDate
          RequestPayer SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 ServerSideEncryption
          StorageClass Tagging WriteOffsetBytes
      DeleteObject: bucket=Bucket object=Key
        | BypassGovernanceRetention ExpectedBucketOwner IfMatch IfMatchLastModifiedTime IfMatchSize
          MFA RequestPayer VersionId
      DeleteObjects: bucket=Bucket part=Delete>delete
        | BypassGovernanceRetention ChecksumAlgorithm ExpectedBucketOwner MFA RequestPayer
      delete: each=Objects>object-identifier | Quiet
      object-identifier: object=Key | ETag LastModifiedTime Size VersionId
      GetObjectAttributes: bucket=Bucket object=Key
        | ExpectedBucketOwner MaxParts ObjectAttributes PartNumberMarker RequestPayer
          SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 VersionId
      GetObjectTagging: bucket=Bucket object=Key | ExpectedBucketOwner RequestPayer VersionId
      PutObjectTagging: bucket=Bucket object=Key
        | ChecksumAlgorithm ContentMD5 ExpectedBucketOwner RequestPayer Tagging VersionId
      DeleteObjectTagging: bucket=Bucket object=Key | ExpectedBucketOwner VersionId
      GetObjectAcl: bucket=Bucket object=Key | ExpectedBucketOwner RequestPayer VersionId
      GetObjectLegalHold: bucket=Bucket object=Key | ExpectedBucketOwner RequestPayer VersionId
      PutObjectLegalHold: bucket=Bucket object=Key
        | ChecksumAlgorithm ContentMD5 ExpectedBucketOwner LegalHold RequestPayer VersionId
      GetObjectRetention: bucket=Bucket object=Key | ExpectedBucketOwner RequestPayer VersionId
      PutObjectRetention: bucket=Bucket object=Key
        | BypassGovernanceRetention ChecksumAlgorithm ContentMD5 ExpectedBucketOwner RequestPayer
          Retention VersionId
      GetObjectTorrent: bucket=Bucket object=Key | ExpectedBucketOwner RequestPayer
      RestoreObject: bucket=Bucket object=Key part=RestoreRequest>restore-request
        | ChecksumAlgorithm ExpectedBucketOwner RequestPayer VersionId
      restore-request: | Days Description GlacierJobParameters Tier
      SelectObjectContent: bucket=Bucket object=Key
        | ExpectedBucketOwner Expression ExpressionType InputSerialization OutputSerialization
          RequestProgress SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 ScanRange
      CreateMultipartUpload: bucket=Bucket object=Key kms_key=SSEKMSKeyId
        | BucketKeyEnabled CacheControl ChecksumAlgorithm ChecksumType ContentDisposition
          ContentEncoding ContentLanguage ContentType ExpectedBucketOwner Expires Metadata
          ObjectLockLegalHoldStatus ObjectLockMode ObjectLockRetainUntilDate RequestPayer
          SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 ServerSideEncryption StorageClass
          Tagging
      UploadPart: bucket=Bucket object=Key
        | ChecksumAlgorithm ChecksumCRC32 ChecksumCRC32C ChecksumCRC64NVME ChecksumMD5 ChecksumSHA1
          ChecksumSHA256 ChecksumSHA512 ChecksumXXHASH128 ChecksumXXHASH3 ChecksumXXHASH64
          ContentLength ContentMD5 ExpectedBucketOwner PartNumber RequestPayer
          SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 UploadId
      CompleteMultipartUpload: bucket=Bucket object=Key
        | ChecksumCRC32 ChecksumCRC32C ChecksumCRC64NVME ChecksumMD5 ChecksumSHA1 ChecksumSHA256
          ChecksumSHA512 ChecksumType ChecksumXXHASH128 ChecksumXXHASH3 ChecksumXXHASH64
          ExpectedBucketOwner IfMatch IfNoneMatch MpuObjectSize MultipartUpload RequestPayer
          SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 UploadId
      AbortMultipartUpload: bucket=Bucket object=Key
        | ExpectedBucketOwner IfMatchInitiatedTime RequestPayer UploadId
      ListParts: bucket=Bucket object=Key
        | ExpectedBucketOwner MaxParts PartNumberMarker RequestPayer SSECustomerAlgorithm
          SSECustomerKey SSECustomerKeyMD5 UploadId
      CopyObject: bucket=DestinationBucket object=DestinationKey copy_source=CopySource
          source_bucket=SourceBucket source_key=SourceKey source_version=SourceVersionId
          kms_key=SSEKMSKeyId
        | BucketKeyEnabled CacheControl ChecksumAlgorithm ContentDisposition ContentEncoding
          ContentLanguage ContentType CopySourceIfMatch CopySourceIfModifiedSince
          CopySourceIfNoneMatch CopySourceIfUnmodifiedSince CopySourceSSECustomerAlgorithm
          CopySourceSSECustomerKey CopySourceSSECustomerKeyMD5 ExpectedBucketOwner
          ExpectedSourceBucketOwner Expires IfMatch IfNoneMatch Metadata MetadataDirective
          ObjectLockLegalHoldStatus ObjectLockMode ObjectLockRetainUntilDate RequestPayer
          SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 ServerSideEncryption StorageClass
          Tagging TaggingDirective
      UploadPartCopy: bucket=DestinationBucket object=DestinationKey copy_source=CopySource
          source_bucket=SourceBucket source_key=SourceKey source_version=SourceVersionId
        | CopySourceIfMatch CopySourceIfModifiedSince CopySourceIfNoneMatch
          CopySourceIfUnmodifiedSince CopySourceRange CopySourceSSECustomerAlgorithm
          CopySourceSSECustomerKey CopySourceSSECustomerKeyMD5 ExpectedBucketOwner
          ExpectedSourceBucketOwner PartNumber RequestPayer SSECustomerAlgorithm SSECustomerKey
          SSECustomerKeyMD5 UploadId
      ListObjects: bucket=Bucket prefix=Prefix
        | Delimiter EncodingType ExpectedBucketOwner Marker MaxKeys OptionalObjectAttributes
          RequestPayer
      ListObjectsV2: bucket=Bucket prefix=Prefix
        | ContinuationToken Delimiter EncodingType ExpectedBucketOwner FetchOwner MaxKeys
          OptionalObjectAttributes RequestPayer StartAfter
      ListObjectVersions: bucket=Bucket prefix=Prefix
        | Delimiter EncodingType ExpectedBucketOwner KeyMarker MaxKeys OptionalObjectAttributes
          RequestPayer VersionIdMarker
      ListMultipartUploads: bucket=Bucket prefix=Prefix
        | Delimiter EncodingType ExpectedBucketOwner KeyMarker MaxUploads RequestPayer
          UploadIdMarker
      """;

  private static final String RESPONSES =
      """
      ListObjects: each=Contents>entry each=CommonPrefixes>common-prefix encoding=EncodingType
      ListObjectsV2: each=Contents>entry each=CommonPrefixes>common-prefix encoding=EncodingType
      ListObjectVersions: each=Versions>entry each=DeleteMarkers>entry
          each=CommonPrefixes>common-prefix encoding=EncodingType
      ListMultipartUploads: each=Uploads>entry each=CommonPrefixes>common-prefix
          encoding=EncodingType
      entry: object=Key
      common-prefix: object=Prefix
      """;

  private final Shapes requests = new Shapes(REQUESTS);
  private final Shapes responses = new Shapes(RESPONSES);
  private final S3Wire wire = new S3Wire();
  private final S3Places places;

  S3Rules(TenantResources resources) {
    this.places = new S3Places(resources);
  }

  @Override
  public void check(Asked asked) {
    Members request = asked.request(requests);
    String bucket = request.text(Role.BUCKET);
    check(request, bucket, asked);
    if (request.have(Role.PREFIX)) {
      places.requirePrefix(bucket, request.text(Role.PREFIX), asked);
    }
    if (request.have(Role.COPY_SOURCE)) {
      CopySource source = CopySource.of(request, asked);
      places.requireKey(source.bucket(), source.key(), "source", asked);
    }
    if (request.text(Role.KMS_KEY) != null) {
      places.requireKmsKey(request.text(Role.KMS_KEY), asked);
    }
  }

  private void check(Members members, @Nullable String bucket, Asked asked) {
    if (members.have(Role.OBJECT)) {
      places.requireKey(bucket, members.text(Role.OBJECT), "key", asked);
    }
    for (Part part : members.parts(Role.PART)) {
      check(asked.members(requests.get(part.shape()), part.value()), bucket, asked);
    }
    for (Part parts : members.parts(Role.EACH)) {
      for (Object each : (List<?>) parts.value()) {
        check(asked.members(requests.get(parts.shape()), each), bucket, asked);
      }
    }
  }

  @Override
  public void checkWire(Asked asked, SdkHttpRequest sent) {
    wire.check(asked, asked.request(requests), sent);
  }

  @Override
  public void checkResponse(Asked asked, SdkResponse response) {
    Shape shape = responses.find(asked.call().operation());
    if (shape == null) {
      return;
    }
    Members members = shape.of(response);
    String bucket = asked.request(requests).text(Role.BUCKET);
    boolean encoded = "url".equals(members.text(Role.ENCODING));
    for (Part listed : members.parts(Role.EACH)) {
      for (Object each : (List<?>) listed.value()) {
        places.requireListed(
            bucket, asked.part(responses.get(listed.shape()), each), encoded, asked);
      }
    }
  }
}
