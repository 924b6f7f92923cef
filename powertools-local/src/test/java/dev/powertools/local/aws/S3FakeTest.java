// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.local.VirtualClock;
import dev.powertools.local.http.HttpServer;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3FakeTest {

  private static final String ODD = "tenants/a b+c%2Fd/é/😀?x=1&<y>";

  private final Aws aws = Aws.start(VirtualClock.start());
  private final S3Fake fake = S3Fake.withBuckets("shared", "other.s3.example");
  private final S3Client s3 = aws.serve("s3", fake).client(S3Client.builder());

  @AfterEach
  void close() {
    aws.close();
  }

  private void store(String... keys) {
    for (String key : keys) {
      fake.put("shared", key, "of " + key);
    }
  }

  private String read(String key) {
    return s3.getObjectAsBytes(g -> g.bucket("shared").key(key)).asUtf8String();
  }

  @Nested
  class Objects {

    @Test
    void are_what_was_put_with_type_and_metadata() {
      s3.putObject(
          p -> p.bucket("shared").key(ODD).contentType("text/x").metadata(Map.of("owner", "acme")),
          RequestBody.fromString("content"));

      assertThat(fake.keys("shared")).containsExactly(ODD);
      assertThat(read(ODD)).isEqualTo("content");
      assertThat(s3.headObject(h -> h.bucket("shared").key(ODD)))
          .satisfies(
              head -> {
                assertThat(head.contentLength()).isEqualTo(7);
                assertThat(head.contentType()).isEqualTo("text/x");
                assertThat(head.metadata()).containsEntry("owner", "acme");
              });
    }

    @Test
    void are_found_in_either_style_and_in_buckets_with_dots() {
      S3Client pathStyle = aws.client(S3Client.builder(), b -> b.forcePathStyle(true));
      fake.put("other.s3.example", "a/b", "dotted");
      store("a/b");

      assertThat(pathStyle.getObjectAsBytes(g -> g.bucket("shared").key("a/b")).asUtf8String())
          .isEqualTo("of a/b");
      assertThat(s3.getObjectAsBytes(g -> g.bucket("other.s3.example").key("a/b")).asUtf8String())
          .isEqualTo("dotted");
      s3.getObjectAsBytes(g -> g.bucket("shared").key("a/b"));
      assertThat(aws.requests())
          .extracting(call -> call.request().http().host())
          .containsExactly("s3.amazonaws.com", "s3.amazonaws.com", "shared.s3.amazonaws.com");
    }

    @Test
    void have_the_keys_that_were_asked_for_and_nothing_is_resolved() {
      store("tenants/globex/s", "tenants/acme//s", "/tenants/acme/s");

      assertThatThrownBy(() -> read("tenants/acme/../globex/s"))
          .isInstanceOf(NoSuchKeyException.class);
      assertThatThrownBy(() -> read("tenants/./globex/s")).isInstanceOf(NoSuchKeyException.class);
      assertThatThrownBy(() -> read("tenants/acme/s")).isInstanceOf(NoSuchKeyException.class);
      assertThatThrownBy(() -> read("tenants%2Fglobex/s")).isInstanceOf(NoSuchKeyException.class);
      assertThat(read("tenants/acme//s")).isEqualTo("of tenants/acme//s");
      assertThat(read("/tenants/acme/s")).isEqualTo("of /tenants/acme/s");
    }

    @Test
    void that_are_not_there_are_told_apart_from_buckets_that_are_not() {
      assertThatThrownBy(() -> s3.headObject(h -> h.bucket("shared").key("a")))
          .isInstanceOf(NoSuchKeyException.class);
      assertThatThrownBy(() -> s3.getObjectAsBytes(g -> g.bucket("nobodys").key("a")))
          .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void are_deleted_one_by_one_and_together() {
      store("a", "b", "c<&>", "d");

      s3.deleteObject(d -> d.bucket("shared").key("a"));
      s3.deleteObjects(
          d ->
              d.bucket("shared")
                  .delete(
                      of ->
                          of.objects(
                              ObjectIdentifier.builder().key("b").build(),
                              ObjectIdentifier.builder().key("c<&>").build())));

      assertThat(fake.keys("shared")).containsExactly("d");
    }

    @Test
    void are_not_read_by_what_only_looks_like_reading() {
      store("a");

      assertThatThrownBy(() -> s3.getObjectAcl(g -> g.bucket("shared").key("a")))
          .isInstanceOfSatisfying(
              S3Exception.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NotImplemented"));
    }
  }

  @Nested
  class Copies {

    @Test
    void take_the_decoded_source_from_any_bucket() {
      fake.put("other.s3.example", ODD, "copied");

      s3.copyObject(
          c ->
              c.sourceBucket("other.s3.example")
                  .sourceKey(ODD)
                  .destinationBucket("shared")
                  .destinationKey("to"));

      assertThat(fake.text("shared", "to")).contains("copied");
    }

    @Test
    @SuppressWarnings("deprecation")
    void reach_a_foreign_key_by_a_bucket_that_holds_a_slash() {
      store("tenants/globex/x");

      s3.copyObject(
          c ->
              c.copySource("shared%2Ftenants%2Fglobex/x")
                  .destinationBucket("shared")
                  .destinationKey("tenants/acme/x"));

      assertThat(fake.text("shared", "tenants/acme/x")).contains("of tenants/globex/x");
    }

    @Test
    void are_made_of_any_put_with_the_header_and_its_body_is_ignored() {
      store("tenants/globex/x");
      S3Client injected =
          aws.client(
              S3Client.builder(),
              b ->
                  b.overrideConfiguration(
                      o -> o.addExecutionInterceptor(copying("/shared/tenants/globex/x"))));

      injected.putObject(
          p -> p.bucket("shared").key("tenants/acme/x"), RequestBody.fromString("mine"));

      assertThat(fake.text("shared", "tenants/acme/x")).contains("of tenants/globex/x");
    }

    private ExecutionInterceptor copying(String source) {
      return new ExecutionInterceptor() {
        @Override
        public SdkHttpRequest modifyHttpRequest(
            Context.ModifyHttpRequest context, ExecutionAttributes facts) {
          return context.httpRequest().toBuilder().putHeader("x-amz-copy-source", source).build();
        }
      };
    }
  }

  @Nested
  class Lists {

    private static final String[] KEYS = {"a/1", "a/2", "a/b/3", "a/c/4", "a0", "b/5"};

    private List<String> keys(List<S3Object> objects) {
      return objects.stream().map(S3Object::key).toList();
    }

    private List<String> prefixes(List<CommonPrefix> prefixes) {
      return prefixes.stream().map(CommonPrefix::prefix).toList();
    }

    @Test
    void hold_what_begins_with_the_prefix_rolled_up_behind_it() {
      store(KEYS);

      ListObjectsV2Response all = s3.listObjectsV2(l -> l.bucket("shared"));
      ListObjectsV2Response some =
          s3.listObjectsV2(l -> l.bucket("shared").prefix("a/").delimiter("/"));

      assertThat(keys(all.contents())).containsExactly(KEYS);
      assertThat(keys(some.contents())).containsExactly("a/1", "a/2");
      assertThat(prefixes(some.commonPrefixes())).containsExactly("a/b/", "a/c/");
      assertThat(some.keyCount()).isEqualTo(4);
      assertThat(some.isTruncated()).isFalse();
    }

    @Test
    void tell_the_tenants_to_who_lists_above_them() {
      store("tenants/acme/x", "tenants/globex/y");

      assertThat(
              prefixes(
                  s3.listObjects(l -> l.bucket("shared").prefix("tenants/").delimiter("/"))
                      .commonPrefixes()))
          .containsExactly("tenants/acme/", "tenants/globex/");
    }

    @Test
    void come_in_pages_that_lose_and_repeat_nothing() {
      store(KEYS);

      List<ListObjectsV2Response> pages =
          s3
              .listObjectsV2Paginator(l -> l.bucket("shared").prefix("a").delimiter("/").maxKeys(1))
              .stream()
              .toList();

      assertThat(pages).hasSize(2);
      assertThat(prefixes(pages.get(0).commonPrefixes())).containsExactly("a/");
      assertThat(keys(pages.get(1).contents())).containsExactly("a0");
      assertThat(
              s3.listObjectsV2Paginator(l -> l.bucket("shared").maxKeys(2)).contents().stream()
                  .map(S3Object::key))
          .containsExactly(KEYS);
    }

    @Test
    void go_on_behind_a_marker_which_widens_no_prefix() {
      store(KEYS);
      ListObjectsV2Response first = s3.listObjectsV2(l -> l.bucket("shared").maxKeys(1));
      ListObjectsResponse old =
          s3.listObjects(l -> l.bucket("shared").marker("a/2").delimiter("/").maxKeys(1));

      assertThat(
              keys(
                  s3.listObjectsV2(
                          l ->
                              l.bucket("shared")
                                  .prefix("b/")
                                  .continuationToken(first.nextContinuationToken()))
                      .contents()))
          .containsExactly("b/5");
      assertThat(keys(s3.listObjectsV2(l -> l.bucket("shared").startAfter("a/c/4")).contents()))
          .containsExactly("a0", "b/5");
      assertThat(prefixes(old.commonPrefixes())).containsExactly("a/");
      assertThat(old.nextMarker()).isEqualTo("a/");
    }

    @Test
    void hold_keys_of_any_character_in_the_order_of_their_bytes() {
      store("\uD83D\uDE00", "\uFF41", ODD);

      assertThat(keys(s3.listObjectsV2(l -> l.bucket("shared")).contents()))
          .containsExactly(ODD, "\uFF41", "\uD83D\uDE00");
      store("\u0001 +");
      assertThat(keys(s3.listObjectsV2(l -> l.bucket("shared").encodingType("url")).contents()))
          .hasSize(4)
          .startsWith("\u0001 +", ODD);
    }

    @Test
    void of_versions_have_pages_too() {
      store(KEYS);

      ListObjectVersionsResponse first =
          s3.listObjectVersions(l -> l.bucket("shared").prefix("a/").maxKeys(3));
      ListObjectVersionsResponse second =
          s3.listObjectVersions(
              l ->
                  l.bucket("shared")
                      .prefix("a/")
                      .keyMarker(first.nextKeyMarker())
                      .versionIdMarker(first.nextVersionIdMarker()));

      assertThat(first.versions())
          .extracting(ObjectVersion::key)
          .containsExactly("a/1", "a/2", "a/b/3");
      assertThat(second.versions()).extracting(ObjectVersion::key).containsExactly("a/c/4");
    }

    @Test
    void of_uploads_tell_keys_and_ids_page_by_page() {
      for (String key : List.of("b", "a", "a")) {
        s3.createMultipartUpload(c -> c.bucket("shared").key(key));
      }

      ListMultipartUploadsResponse first =
          s3.listMultipartUploads(l -> l.bucket("shared").maxUploads(1));
      ListMultipartUploadsResponse rest =
          s3.listMultipartUploads(
              l ->
                  l.bucket("shared")
                      .keyMarker(first.nextKeyMarker())
                      .uploadIdMarker(first.nextUploadIdMarker()));

      assertThat(first.uploads()).extracting(MultipartUpload::key).containsExactly("a");
      assertThat(rest.uploads()).extracting(MultipartUpload::key).containsExactly("a", "b");
      assertThat(s3.listMultipartUploads(l -> l.bucket("shared").prefix("b")).uploads()).hasSize(1);
    }
  }

  @Nested
  class Uploads_in_parts {

    private String begin(String key) {
      return s3.createMultipartUpload(c -> c.bucket("shared").key(key)).uploadId();
    }

    private CompletedPart part(String key, String id, int number, String text) {
      String etag =
          s3.uploadPart(
                  u -> u.bucket("shared").key(key).uploadId(id).partNumber(number),
                  RequestBody.fromString(text))
              .eTag();
      return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    @Test
    void become_the_object_when_they_are_completed() {
      store("source");
      String id = begin("k");
      CompletedPart one = part("k", id, 1, "one,");
      s3.uploadPartCopy(
          u ->
              u.sourceBucket("shared")
                  .sourceKey("source")
                  .copySourceRange("bytes=0-1")
                  .destinationBucket("shared")
                  .destinationKey("k")
                  .uploadId(id)
                  .partNumber(2));
      CompletedPart two = CompletedPart.builder().partNumber(2).eTag("e").build();

      assertThat(s3.listParts(l -> l.bucket("shared").key("k").uploadId(id)).parts()).hasSize(2);
      assertThat(fake.keys("shared")).containsExactly("source");
      s3.completeMultipartUpload(
          c -> c.bucket("shared").key("k").uploadId(id).multipartUpload(m -> m.parts(one, two)));

      assertThat(read("k")).isEqualTo("one,of");
      assertThat(s3.listMultipartUploads(l -> l.bucket("shared")).uploads()).isEmpty();
    }

    @Test
    void are_of_one_key_and_gone_when_they_are_aborted() {
      String id = begin("tenants/globex/k");

      assertThatThrownBy(() -> part("tenants/acme/k", id, 1, "x"))
          .isInstanceOf(NoSuchUploadException.class);
      s3.abortMultipartUpload(a -> a.bucket("shared").key("tenants/globex/k").uploadId(id));
      assertThatThrownBy(() -> part("tenants/globex/k", id, 1, "x"))
          .isInstanceOf(NoSuchUploadException.class);
    }
  }

  @Nested
  class Asynchronous_clients {

    @Test
    void write_read_and_list_the_same_objects() {
      S3AsyncClient async = aws.client(S3AsyncClient.builder());

      async
          .putObject(p -> p.bucket("shared").key(ODD), AsyncRequestBody.fromString("content"))
          .join();

      assertThat(
              async
                  .getObject(g -> g.bucket("shared").key(ODD), AsyncResponseTransformer.toBytes())
                  .join()
                  .asUtf8String())
          .isEqualTo("content");
      assertThat(async.listObjectsV2(l -> l.bucket("shared")).join().contents())
          .extracting(S3Object::key)
          .containsExactly(ODD);
    }

    @Test
    void that_the_function_builds_itself_are_on_this_network_too() {
      try (S3AsyncClient own =
          S3AsyncClient.builder()
              .region(Region.US_EAST_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
              .httpClient(aws.asyncHttpClient())
              .build()) {
        own.deleteObject(d -> d.bucket("shared").key("k")).join();
      }
      assertThat(aws.requests("s3", "DeleteObject")).hasSize(1);
    }

    @Test
    void upload_what_is_large_in_parts() {
      S3AsyncClient async = aws.client(S3AsyncClient.builder(), b -> b.multipartEnabled(true));
      byte[] large = new byte[11 * 1024 * 1024];
      Arrays.fill(large, (byte) 'x');

      async.putObject(p -> p.bucket("shared").key("k"), AsyncRequestBody.fromBytes(large)).join();

      assertThat(aws.requests("s3", "UploadPart")).hasSize(2);
      assertThat(fake.text("shared", "k")).contains("x".repeat(large.length));
    }
  }

  @Nested
  class On_a_port {

    @Test
    void it_answers_clients_of_other_processes() {
      store("tenants/globex/s");
      try (HttpServer http = fake.http();
          S3Client remote =
              S3Client.builder()
                  .endpointOverride(URI.create("http://127.0.0.1:" + http.port()))
                  .forcePathStyle(true)
                  .region(Region.US_EAST_1)
                  .credentialsProvider(
                      StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                  .httpClient(UrlConnectionHttpClient.create())
                  .build()) {
        remote.putObject(p -> p.bucket("shared").key(ODD), RequestBody.fromString("content"));

        assertThat(remote.getObjectAsBytes(g -> g.bucket("shared").key(ODD)).asUtf8String())
            .isEqualTo("content");
        assertThat(remote.headObject(h -> h.bucket("shared").key(ODD)).contentLength())
            .isEqualTo(7);
        assertThat(remote.listObjectsV2(l -> l.bucket("shared").prefix("tenants/a b")).contents())
            .hasSize(1);
        assertThatThrownBy(
                () ->
                    remote.getObjectAsBytes(
                        g -> g.bucket("shared").key("tenants/acme/../globex/s")))
            .isInstanceOf(NoSuchKeyException.class);
        remote.deleteObject(d -> d.bucket("shared").key(ODD));
        assertThat(fake.keys("shared")).containsExactly("tenants/globex/s");
      }
    }
  }

  @Test
  void a_bucket_that_the_test_misspells_is_told() {
    assertThatThrownBy(() -> fake.put("share", "k", "t"))
        .hasMessage(
            "There is no bucket share but [other.s3.example, shared]: name it in withBuckets");
  }

  @Test
  void buckets_are_made_and_listed() {
    s3.createBucket(c -> c.bucket("new"));

    assertThat(s3.listBuckets().buckets()).hasSize(3);
    assertThat(s3.headBucket(h -> h.bucket("new")).sdkHttpResponse().statusCode()).isEqualTo(200);
  }
}
