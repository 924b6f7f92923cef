// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class S3AddressTest {

  private static S3Address of(String host, String path) {
    return S3Address.of(
            SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host(host)
                .encodedPath(path)
                .build())
        .decoded();
  }

  @ParameterizedTest
  @CsvSource({
    "s3.amazonaws.com, /shop/a/b, shop, a/b",
    "shop.s3.eu-west-1.amazonaws.com, /a/b, shop, a/b",
    "shop.s3-eu-west-1.amazonaws.com, /a/b, shop, a/b",
    "shop.s3.dualstack.eu-west-1.amazonaws.com, /a/b, shop, a/b",
    "my.s3.shop.s3.eu-west-1.amazonaws.com, /a, my.s3.shop, a",
    "shop.localhost, /a/b, shop, a/b",
    "127.0.0.1, /shop/a/b, shop, a/b",
    "s3.amazonaws.com, /shop//a, shop, /a",
    "s3.amazonaws.com, /shop/a/, shop, a/",
    "s3.amazonaws.com, /shop/a+b%2Bc%20d%252F, shop, a+b+c d%2F",
    "s3.amazonaws.com, /shop/a/../b, shop, a/../b",
  })
  void bucket_and_key_are_what_stands_there(String host, String path, String bucket, String key) {
    assertThat(of(host, path)).isEqualTo(new S3Address(bucket, key));
  }

  @ParameterizedTest
  @CsvSource({
    "shop/a/b, shop, a/b",
    "/shop/a%2Fb, shop, a/b",
    "shop%2Ftenants/x, shop, tenants/x",
    "shop/a%3FversionId=1?versionId=2, shop, a?versionId=1",
  })
  void the_source_of_a_copy_is_decoded_first(String header, String bucket, String key) {
    assertThat(S3Address.ofCopySource(header)).isEqualTo(new S3Address(bucket, key));
  }

  @Test
  void what_is_not_encoded_well_is_refused() {
    assertThatThrownBy(() -> of("s3.amazonaws.com", "/shop/%zz"))
        .hasMessageContaining("InvalidURI");
  }
}
