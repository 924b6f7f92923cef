// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is stored under a key, or a part of it. The array is never changed. */
final class S3Object {

  /** When every object was stored, so that answers repeat. */
  static final String LAST_MODIFIED = "2026-01-01T00:00:00.000Z";

  private static final String LAST_MODIFIED_HEADER = "Thu, 01 Jan 2026 00:00:00 GMT";

  private final byte[] content;
  private final Map<String, String> headers;
  private final String etag;

  S3Object(byte[] content, Map<String, String> headers) {
    this.content = content;
    this.headers = Map.copyOf(headers);
    this.etag = '"' + md5(content) + '"';
  }

  byte[] content() {
    return content;
  }

  Map<String, String> kept() {
    return headers;
  }

  String etag() {
    return etag;
  }

  /** The answer that hands it out. */
  AwsAnswer answer(boolean headOnly) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("ETag", etag);
    all.put("Last-Modified", LAST_MODIFIED_HEADER);
    all.put("Content-Length", String.valueOf(content.length));
    return new AwsAnswer(200, all, headOnly ? new byte[0] : content);
  }

  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has MD5", e);
    }
  }
}
