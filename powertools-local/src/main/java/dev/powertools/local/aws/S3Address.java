// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Where a request to S3 goes, in path style and with the bucket in the host. A key is what stands
 * after the bucket's slash and nothing is resolved in it: {@code a/../b} is a key of its own.
 *
 * @param bucket empty if the request names none
 * @param key as it stands on the wire; empty if the request is about the bucket
 */
record S3Address(String bucket, String key) {

  /** Greedy, since the name of a bucket may hold dots, and {@code .s3} as well. */
  private static final Pattern BUCKET_IN_HOST =
      Pattern.compile("(.+)\\.(?:s3[.-].+|localhost)", Pattern.CASE_INSENSITIVE);

  /** The address, percent-encoded as it came. */
  static S3Address of(SdkHttpRequest http) {
    String path = http.encodedPath().replaceFirst("^/", "");
    Matcher host = BUCKET_IN_HOST.matcher(http.host());
    return host.matches() ? new S3Address(host.group(1), path) : split(path);
  }

  /** {@code bucket/key}; the first slash ends the bucket. */
  private static S3Address split(String path) {
    int slash = path.indexOf('/');
    return slash < 0
        ? new S3Address(path, "")
        : new S3Address(path.substring(0, slash), path.substring(slash + 1));
  }

  /**
   * The source of a copy: decoded first and split then, so that an encoded slash ends the bucket as
   * well. A version stands behind the last question mark that is not encoded.
   */
  static S3Address ofCopySource(String header) {
    int version = header.lastIndexOf("?versionId=");
    String source = version < 0 ? header : header.substring(0, version);
    return split(decodedText(source).replaceFirst("^/", ""));
  }

  /** Percent-decoded, once. */
  S3Address decoded() {
    return new S3Address(decodedText(bucket), decodedText(key));
  }

  boolean isObject() {
    return !key.isEmpty();
  }

  private static String decodedText(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Refusal.of(400, "InvalidURI", "Couldn't parse the specified URI.");
    }
  }
}
