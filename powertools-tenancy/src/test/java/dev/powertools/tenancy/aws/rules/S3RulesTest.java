// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.powertools.tenancy.resource.TenantBucket;
import dev.powertools.tenancy.resource.TenantKey;
import dev.powertools.tenancy.resource.TenantShared;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateSessionRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLegalHoldRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRetentionRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectAclRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.RenameObjectRequest;
import software.amazon.awssdk.services.s3.model.RestoreObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.WriteGetObjectResponseRequest;

class S3RulesTest {

  @TenantBucket(name = "shared", prefix = "tenants/{tenant}/")
  @TenantBucket(name = "shared", prefix = "reports/{tenant}/")
  @TenantBucket(name = "silo-{tenant}")
  @TenantKey(name = "alias/objects")
  @TenantShared(
      service = "S3",
      resource = "shared/public/",
      operations = {"GetObject", "ListObjectsV2"})
  interface Isolation {}

  private static final String OWN = "tenants/acme/invoices/1.pdf";
  private static final String VICTIM = "tenants/globex/x";

  private final Asking s3 = Asking.of(Isolation.class, "S3");

  private static GetObjectRequest.Builder get(String key) {
    return GetObjectRequest.builder().bucket("shared").key(key);
  }

  private static PutObjectRequest.Builder put() {
    return PutObjectRequest.builder().bucket("shared").key(OWN);
  }

  private static CopyObjectRequest.Builder copyTo(String key) {
    return CopyObjectRequest.builder().destinationBucket("shared").destinationKey(key);
  }

  private static ListObjectsV2Request.Builder list(String prefix) {
    return ListObjectsV2Request.builder().bucket("shared").prefix(prefix);
  }

  private static DeleteObjectsRequest.Builder delete(String... keys) {
    return DeleteObjectsRequest.builder()
        .bucket("shared")
        .delete(
            d ->
                d.objects(
                    Stream.of(keys).map(k -> ObjectIdentifier.builder().key(k).build()).toList()));
  }

  @SuppressWarnings("deprecation") // the older way to name a source is what is attacked
  private static CopyObjectRequest.Builder copyOf(String source) {
    return copyTo(OWN).copySource(source);
  }

  private static Arguments row(String name, SdkRequest.Builder request) {
    return Arguments.of(Named.of(name, request.build()));
  }

  private static Arguments row(String name, String rule, SdkRequest.Builder request) {
    return Arguments.of(Named.of(name, request.build()), "s3." + rule);
  }

  /** Each is let through as a request, and as what a real client makes of it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("allowed")
  void allows_what_is_the_tenants(SdkRequest request) {
    s3.allows(request);
    for (Consumer<S3ClientBuilder> style : STYLES) {
      Sent sent = sent(request, style);
      assertThatCode(
              () -> {
                s3.check(sent.request());
                s3.rules().checkWire(s3.call(sent.request()), sent.wire());
              })
          .as("%s", sent.wire())
          .doesNotThrowAnyException();
    }
  }

  private static final List<Consumer<S3ClientBuilder>> STYLES =
      List.of(
          client -> {},
          client -> client.forcePathStyle(true),
          client -> client.dualstackEnabled(true),
          client -> client.endpointOverride(URI.create("http://localhost:9000")),
          client ->
              client.endpointOverride(URI.create("http://127.0.0.1:9000")).forcePathStyle(true));

  private static Sent sent(SdkRequest request, Consumer<S3ClientBuilder> style) {
    Sent.Recorder recorder = new Sent.Recorder();
    S3ClientBuilder builder = S3Client.builder();
    style.accept(builder);
    try (S3Client client = Sent.client(builder, recorder)) {
      return recorder.of(() -> call(client, request));
    }
  }

  /** Calls the client's method for a request. */
  private static void call(S3Client client, SdkRequest request) {
    String name = request.getClass().getSimpleName().replaceAll("Request$", "");
    String method = Character.toLowerCase(name.charAt(0)) + name.substring(1);
    boolean hasBody = name.equals("PutObject") || name.equals("UploadPart");
    try {
      if (hasBody) {
        S3Client.class
            .getMethod(method, request.getClass(), RequestBody.class)
            .invoke(client, request, RequestBody.fromString("x"));
      } else {
        S3Client.class.getMethod(method, request.getClass()).invoke(client, request);
      }
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(String.valueOf(e), e);
    }
  }

  static Stream<Arguments> allowed() {
    return Stream.of(
        row("get", get(OWN)),
        row("get, odd but harmless key", get("tenants/acme/a b+c%2F..é&=?#'(~)!*;:@,.x")),
        row("get by another prefix", get("reports/acme/x")),
        row("get what is shared", get("public/logo.png")),
        row("get from a silo", get("anything").bucket("silo-acme")),
        row(
            "get with all that is free",
            get(OWN)
                .versionId("v1")
                .partNumber(1)
                .range("bytes=0-1")
                .responseContentType("text/plain; x=1")
                .responseExpires(Instant.ofEpochSecond(1))),
        row("get, longest key", get("tenants/acme/" + "x".repeat(1024 - 13))),
        row("head", HeadObjectRequest.builder().bucket("shared").key(OWN)),
        row("put", put().serverSideEncryption("aws:kms").ssekmsKeyId("alias/objects")),
        row("delete", DeleteObjectRequest.builder().bucket("shared").key(OWN)),
        row("delete several", delete(OWN, "reports/acme/1")),
        row(
            "attributes",
            GetObjectAttributesRequest.builder()
                .bucket("shared")
                .key(OWN)
                .objectAttributes(ObjectAttributes.E_TAG)),
        row("tags", GetObjectTaggingRequest.builder().bucket("shared").key(OWN)),
        row(
            "put tags",
            PutObjectTaggingRequest.builder()
                .bucket("shared")
                .key(OWN)
                .tagging(t -> t.tagSet(List.of()))),
        row("delete tags", DeleteObjectTaggingRequest.builder().bucket("shared").key(OWN)),
        row("read of its access", GetObjectAclRequest.builder().bucket("shared").key(OWN)),
        row("legal hold", GetObjectLegalHoldRequest.builder().bucket("shared").key(OWN)),
        row("retention", GetObjectRetentionRequest.builder().bucket("shared").key(OWN)),
        row(
            "restore",
            RestoreObjectRequest.builder()
                .bucket("shared")
                .key(OWN)
                .restoreRequest(r -> r.days(1))),
        row("begin an upload", CreateMultipartUploadRequest.builder().bucket("shared").key(OWN)),
        row(
            "upload a part",
            UploadPartRequest.builder().bucket("shared").key(OWN).uploadId("u/+=").partNumber(1)),
        row(
            "finish an upload",
            CompleteMultipartUploadRequest.builder()
                .bucket("shared")
                .key(OWN)
                .uploadId("u")
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag("e").build()))),
        row(
            "give up an upload",
            AbortMultipartUploadRequest.builder().bucket("shared").key(OWN).uploadId("u")),
        row("parts", ListPartsRequest.builder().bucket("shared").key(OWN).uploadId("u")),
        row("copy", copyTo(OWN).sourceBucket("shared").sourceKey("reports/acme/a b+c%é")),
        row(
            "copy of a version",
            copyTo(OWN).sourceBucket("shared").sourceKey(OWN).sourceVersionId("v")),
        row("copy, older form", copyOf("shared/tenants/acme/a%20b")),
        row("copy, older form, slash and version", copyOf("/shared/tenants%2Facme/x?versionId=v1")),
        row(
            "copy of a part",
            UploadPartCopyRequest.builder()
                .destinationBucket("shared")
                .destinationKey(OWN)
                .sourceBucket("silo-acme")
                .sourceKey("x")
                .uploadId("u")
                .partNumber(2)
                .copySourceRange("bytes=0-1")),
        row("list", list("tenants/acme/").delimiter("/").maxKeys(3).startAfter("a&b")),
        row("list, narrow", list("reports/acme/2026/1")),
        row("list what is shared", list("public/")),
        row("list a silo", ListObjectsV2Request.builder().bucket("silo-acme")),
        row(
            "list, older form",
            ListObjectsRequest.builder().bucket("shared").prefix("tenants/acme/")),
        row(
            "versions",
            ListObjectVersionsRequest.builder().bucket("shared").prefix("tenants/acme/")),
        row(
            "uploads",
            ListMultipartUploadsRequest.builder().bucket("shared").prefix("tenants/acme/")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"keys", "members", "copies", "lists", "operations"})
  void denies(SdkRequest request, String rule) {
    s3.denies(request, rule);
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        row("a foreign object", "key", get(VICTIM)),
        row("an object of one whose id begins alike", "key", get("tenants/acme2/x")),
        row("an object of one whose id is longer", "key", get("tenants/acme-2/x")),
        row("up and down", "key", get("tenants/acme/../globex/x")),
        row("up at the end", "key", get("tenants/acme/..")),
        row("a dot", "key", get("tenants/acme/./x")),
        row("an empty segment", "key", get("tenants/acme//x")),
        row("a slash before", "key", get("/tenants/acme/x")),
        row("a slash behind", "key", get("tenants/acme/x/")),
        row("no more than the prefix", "key", get("tenants/acme/")),
        row("less than the prefix", "key", get("tenants/acme")),
        row("another case", "key", get("Tenants/acme/x")),
        row("encoded slashes", "key", get("tenants%2Facme%2Fx")),
        row("a NUL", "key", get("tenants/acme/\u0000x")),
        row("a line feed", "key", get("tenants/acme/\nx")),
        row("half a character", "key", get("tenants/acme/\ud800")),
        row("1025 bytes", "key", get("tenants/acme/" + "x".repeat(1025 - 13))),
        row("1025 bytes in fewer characters", "key", get("tenants/acme/" + "é".repeat(507))),
        row("no key", "key", GetObjectRequest.builder().bucket("shared")),
        row("no bucket", "bucket", GetObjectRequest.builder().key(OWN)),
        row("another bucket", "bucket", get(OWN).bucket("other")),
        row("a bucket that begins alike", "bucket", get(OWN).bucket("shared2")),
        row("a bucket with a slash", "bucket", get(OWN).bucket("shared/tenants/globex")),
        row("a foreign silo", "bucket", get("x").bucket("silo-globex")),
        row(
            "an access point",
            "bucket",
            get(OWN).bucket("arn:aws:s3:eu-central-1:123456789012:accesspoint/shared")),
        row("write of what is shared", "key", put().key("public/logo.png")),
        row(
            "head of what is shared for others",
            "key",
            HeadObjectRequest.builder().bucket("shared").key("public/x")),
        row("put", "key", put().key(VICTIM)),
        row("delete several, one foreign", "key", delete(OWN, VICTIM)),
        row("delete several, no key", "key", delete(OWN, null)),
        row(
            "begin an upload",
            "key",
            CreateMultipartUploadRequest.builder().bucket("shared").key(VICTIM)));
  }

  static Stream<Arguments> members() {
    return Stream.of(
        row("an ACL", "field", put().acl("public-read")),
        row("a grant", "field", put().grantRead("uri=everyone")),
        row("full control", "field", put().grantFullControl("id=1")),
        row("a redirect", "field", put().websiteRedirectLocation("/tenants/globex/x")),
        row(
            "an ACL of an upload",
            "field",
            CreateMultipartUploadRequest.builder().bucket("shared").key(OWN).acl("public-read")),
        row("an ACL of a copy", "field", copyOf("shared/" + OWN).acl("public-read")),
        row("a KMS key of another", "kms_key", put().ssekmsKeyId("alias/globex")),
        row(
            "a restore to another place",
            "field",
            RestoreObjectRequest.builder()
                .bucket("shared")
                .key(OWN)
                .restoreRequest(
                    r -> r.outputLocation(o -> o.s3(s -> s.bucketName("x").prefix("y"))))));
  }

  static Stream<Arguments> copies() {
    return Stream.of(
        row("to a foreign object", "key", copyTo(VICTIM).sourceBucket("shared").sourceKey(OWN)),
        row("of a foreign object", "source", copyTo(OWN).sourceBucket("shared").sourceKey(VICTIM)),
        row("of another bucket", "bucket", copyTo(OWN).sourceBucket("other").sourceKey(OWN)),
        row(
            "of a bucket with a slash",
            "bucket",
            copyTo(OWN).sourceBucket("shared/tenants/globex").sourceKey("x")),
        row("older form", "source", copyOf("shared/" + VICTIM)),
        row("older form, encoded", "source", copyOf("shared%2Ftenants%2Fglobex%2Fx")),
        row("older form, up", "source", copyOf("shared/tenants/acme/%2E%2E/globex/x")),
        row("older form, encoded twice", "source", copyOf("shared/tenants%252Facme/x")),
        row("older form, a plus", "source", copyOf("shared/tenants/acme/a+b")),
        row("older form, two questions", "source", copyOf("shared/tenants/acme/x?versionId=1?y")),
        row("older form, another question", "source", copyOf("shared/tenants/acme/x?acl")),
        row("older form, bad encoding", "source", copyOf("shared/tenants/acme/%2")),
        row("older form, bad UTF-8", "source", copyOf("shared/tenants/acme/%ff")),
        row("older form, no key", "source", copyOf("shared")),
        row("older form, two slashes", "source", copyOf("//shared/tenants/acme/x")),
        row(
            "older form, access point",
            "bucket",
            copyOf("arn:aws:s3:eu-central-1:1:accesspoint/a/object/x")),
        row(
            "both forms",
            "source",
            copyOf("shared/" + OWN).sourceBucket("shared").sourceKey(VICTIM)),
        row("no source", "source", copyTo(OWN)),
        row(
            "what is shared, by a copy",
            "source",
            copyTo(OWN).sourceBucket("shared").sourceKey("public/x")),
        row(
            "a part",
            "source",
            UploadPartCopyRequest.builder()
                .destinationBucket("shared")
                .destinationKey(OWN)
                .sourceBucket("shared")
                .sourceKey(VICTIM)));
  }

  static Stream<Arguments> lists() {
    return Stream.of(
        row("all", "prefix", ListObjectsV2Request.builder().bucket("shared")),
        row("of nothing", "prefix", list("")),
        row("above", "prefix", list("tenants/")),
        row("above, with delimiter", "prefix", list("tenants/").delimiter("/")),
        row("without the slash", "prefix", list("tenants/acme")),
        row("foreign", "prefix", list("tenants/globex/")),
        row("up", "prefix", list("tenants/acme/../globex/")),
        row("up, unfinished", "prefix", list("tenants/acme/..")),
        row("an empty segment", "prefix", list("tenants/acme//x")),
        row("another bucket", "bucket", list("tenants/acme/").bucket("other")),
        row("older form", "prefix", ListObjectsRequest.builder().bucket("shared")),
        row("versions", "prefix", ListObjectVersionsRequest.builder().bucket("shared")),
        row("uploads", "prefix", ListMultipartUploadsRequest.builder().bucket("shared")),
        row(
            "uploads above",
            "prefix",
            ListMultipartUploadsRequest.builder().bucket("shared").prefix("tenants/")));
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        row("put an ACL", "operation", PutObjectAclRequest.builder().bucket("shared").key(OWN)),
        row(
            "rename",
            "operation",
            RenameObjectRequest.builder().bucket("shared").key(OWN).renameSource(VICTIM)),
        row("buckets", "operation", ListBucketsRequest.builder()),
        row("make a bucket", "operation", CreateBucketRequest.builder().bucket("shared")),
        row("policy", "operation", GetBucketPolicyRequest.builder().bucket("shared")),
        row("session", "operation", CreateSessionRequest.builder().bucket("shared")),
        row("object lambda", "operation", WriteGetObjectResponseRequest.builder()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void denies_what_is_not_what_was_checked(
      SdkRequest request, Consumer<SdkHttpRequest.Builder> change) {
    Sent sent = sent(request, client -> {});
    SdkHttpRequest changed = sent.wire().toBuilder().applyMutation(change).build();

    assertThat(changed).as("changed").isNotEqualTo(sent.wire());
    Asking.requireDenied(
        catchThrowable(() -> s3.rules().checkWire(s3.call(sent.request()), changed)), "s3.wire");
  }

  static Stream<Arguments> denies_what_is_not_what_was_checked() {
    SdkRequest get = get(OWN).versionId("v").build();
    SdkRequest put = put().build();
    SdkRequest copy = copyTo(OWN).sourceBucket("shared").sourceKey(OWN).build();
    SdkRequest list = list("tenants/acme/").build();
    SdkRequest tags =
        PutObjectTaggingRequest.builder()
            .bucket("shared")
            .key(OWN)
            .tagging(t -> t.tagSet(List.of()))
            .build();
    return Stream.of(
        wire("a foreign key", get, w -> w.encodedPath("/tenants/globex/x")),
        wire("a foreign key, encoded", get, w -> w.encodedPath("/tenants%2Fglobex/x")),
        wire("the key, encoded twice", get, w -> w.encodedPath(OWN.replace("/", "%252F"))),
        wire("a slash more", get, w -> w.encodedPath("//" + OWN)),
        wire("the bucket twice", get, w -> w.encodedPath("/shared/" + OWN)),
        wire("bad encoding", get, w -> w.encodedPath("/" + OWN + "%")),
        wire("another bucket", get, w -> w.host("other.s3.eu-central-1.amazonaws.com")),
        wire(
            "another bucket's host, our path",
            get,
            w -> w.host("other.s3.eu-central-1.amazonaws.com").encodedPath("/shared/" + OWN)),
        wire(
            "a bucket before the bucket",
            get,
            w -> w.host("shared.other.s3.eu-central-1.amazonaws.com")),
        wire(
            "an access point",
            get,
            w -> w.host("shared-123456789012.s3-accesspoint.eu-central-1.amazonaws.com")),
        wire("another method", get, w -> w.method(SdkHttpMethod.DELETE)),
        wire("another operation", get, w -> w.putRawQueryParameter("acl", (String) null)),
        wire("uploads", get, w -> w.putRawQueryParameter("uploads", "")),
        wire("another version", get, w -> w.putRawQueryParameter("versionId", "w")),
        wire("two versions", get, w -> w.putRawQueryParameter("versionId", List.of("v", "w"))),
        wire("no version", get, w -> w.removeQueryParameter("versionId")),
        wire("another id", get, w -> w.putRawQueryParameter("x-id", "PutObject")),
        wire("a copy", put, w -> w.putHeader("x-amz-copy-source", "shared/" + VICTIM)),
        wire("an ACL", put, w -> w.putHeader("X-Amz-Acl", "public-read")),
        wire("a grant", put, w -> w.putHeader("x-amz-grant-read", "uri=x")),
        wire("a redirect", put, w -> w.putHeader("x-amz-website-redirect-location", "/x")),
        wire("a rename", put, w -> w.putHeader("x-amz-rename-source", VICTIM)),
        wire("an ACL by query", put, w -> w.putRawQueryParameter("acl", "")),
        wire("another source", copy, w -> w.putHeader("x-amz-copy-source", "shared/" + VICTIM)),
        wire("no source", copy, w -> w.removeHeader("x-amz-copy-source")),
        wire("two sources", copy, w -> w.appendHeader("X-Amz-Copy-Source", "shared/" + VICTIM)),
        wire("no prefix", list, w -> w.removeQueryParameter("prefix")),
        wire("another prefix", list, w -> w.putRawQueryParameter("prefix", "tenants/")),
        wire("a key", list, w -> w.encodedPath("/" + VICTIM)),
        wire("tags that become the object", tags, w -> w.removeQueryParameter("tagging")));
  }

  private static Arguments wire(
      String name, SdkRequest request, Consumer<SdkHttpRequest.Builder> change) {
    return Arguments.of(Named.of(name, request), change);
  }

  @Test
  void denies_lists_with_foreign_objects() {
    SdkRequest request = list("tenants/acme/").build();

    assertThatCode(
            () -> {
              listed(request, ListObjectsV2Response.builder().contents(object(OWN)));
              listed(
                  request,
                  ListObjectsV2Response.builder()
                      .encodingType("url")
                      .contents(object("tenants%2Facme%2Fa+b"))
                      .commonPrefixes(common("tenants/acme/x/")));
            })
        .doesNotThrowAnyException();
    denied(request, ListObjectsV2Response.builder().contents(object(OWN), object(VICTIM)));
    denied(request, ListObjectsV2Response.builder().contents(object("tenants%2Facme%2Fa+b")));
    denied(request, ListObjectsV2Response.builder().commonPrefixes(common("tenants/globex/")));
    denied(
        request,
        ListObjectsV2Response.builder()
            .encodingType("url")
            .contents(object("tenants%2Fglobex%2Fx")));
  }

  private static S3Object object(String key) {
    return S3Object.builder().key(key).build();
  }

  private static CommonPrefix common(String prefix) {
    return CommonPrefix.builder().prefix(prefix).build();
  }

  private void listed(SdkRequest request, SdkResponse.Builder response) {
    s3.rules().checkResponse(s3.call(request), response.build());
  }

  private void denied(SdkRequest request, SdkResponse.Builder response) {
    Asking.requireDenied(catchThrowable(() -> listed(request, response)), "s3.egress");
  }
}
