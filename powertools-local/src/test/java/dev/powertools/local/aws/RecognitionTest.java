// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class RecognitionTest {

  private static SdkHttpRequest.Builder request(SdkHttpMethod method, String address) {
    return SdkHttpRequest.builder().method(method).uri(URI.create(address));
  }

  private static String operation(String service, SdkHttpRequest request, String body) {
    return Recognition.operation(service, request, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, https://s3.us-east-1.amazonaws.com/, ListBuckets",
    "GET, https://shop.s3.us-east-1.amazonaws.com/a/b, GetObject",
    "GET, https://s3.us-east-1.amazonaws.com/shop/a/b, GetObject",
    "PUT, https://shop.s3.us-east-1.amazonaws.com/a, PutObject",
    "HEAD, https://shop.s3.us-east-1.amazonaws.com/, HeadBucket",
    "PUT, https://s3.us-east-1.amazonaws.com/shop, CreateBucket",
    "GET, https://shop.s3.us-east-1.amazonaws.com/?list-type=2, ListObjectsV2",
    "POST, https://shop.s3.us-east-1.amazonaws.com/?delete, DeleteObjects",
    "POST, https://shop.s3.us-east-1.amazonaws.com/a?uploads, CreateMultipartUpload",
    "PUT, https://shop.s3.us-east-1.amazonaws.com/a?partNumber=1&uploadId=u, UploadPart",
    "POST, https://shop.s3.us-east-1.amazonaws.com/a?uploadId=u, CompleteMultipartUpload",
    "GET, https://shop.s3.us-east-1.amazonaws.com/a?acl, GET ?acl",
    "PUT, https://shop.s3.us-east-1.amazonaws.com/folder/, PutObject",
    "PUT, https://s3.us-east-1.amazonaws.com/shop/folder/, PutObject",
    "GET, https://my.s3.shop.s3.us-east-1.amazonaws.com/, ListObjects",
  })
  void operations_of_s3_are_told_in_both_styles(
      SdkHttpMethod method, String address, String operation) {
    assertThat(operation("s3", request(method, address).build(), "")).isEqualTo(operation);
  }

  @Test
  void a_copy_is_told_by_its_header() {
    SdkHttpRequest copy =
        request(SdkHttpMethod.PUT, "https://shop.s3.us-east-1.amazonaws.com/a")
            .putHeader("x-amz-copy-source", "shop/b")
            .build();

    assertThat(operation("s3", copy, "")).isEqualTo("CopyObject");
    assertThat(
            operation("s3", copy.toBuilder().appendRawQueryParameter("uploadId", "u").build(), ""))
        .isEqualTo("UploadPartCopy");
  }

  @Test
  void the_other_protocols_name_their_operations() {
    SdkHttpRequest json =
        request(SdkHttpMethod.POST, "https://dynamodb.us-east-1.amazonaws.com/")
            .putHeader("X-Amz-Target", "DynamoDB_20120810.PutItem")
            .build();
    SdkHttpRequest form =
        request(SdkHttpMethod.POST, "https://sts.us-east-1.amazonaws.com/")
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .build();
    SdkHttpRequest rpc =
        request(
                SdkHttpMethod.POST,
                "https://monitoring.us-east-1.amazonaws.com/service/Granite/operation/PutMetricData")
            .build();
    SdkHttpRequest lambda =
        request(
                SdkHttpMethod.POST,
                "https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/f/invocations")
            .build();

    assertThat(operation("dynamodb", json, "{}")).isEqualTo("PutItem");
    assertThat(operation("sts", form, "Version=2011-06-15&Action=AssumeRole&x=Action%3D"))
        .isEqualTo("AssumeRole");
    assertThat(operation("monitoring", rpc, "")).isEqualTo("PutMetricData");
    assertThat(operation("lambda", lambda, "{}")).isEqualTo("Invoke");
  }

  @Test
  void the_service_is_that_of_the_signature_else_of_the_host() {
    SdkHttpRequest.Builder request =
        request(SdkHttpMethod.GET, "https://shop.s3.us-east-1.amazonaws.com/a");

    assertThat(Recognition.service(request.build())).isEqualTo("s3");
    assertThat(
            Recognition.service(
                request
                    .putHeader(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/dynamodb/aws4_request,"
                            + " SignedHeaders=host, Signature=0")
                    .build()))
        .isEqualTo("dynamodb");
  }
}
