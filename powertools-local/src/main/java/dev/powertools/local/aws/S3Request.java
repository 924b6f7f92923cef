// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * A request as S3 understands it, by what stands on the wire alone: not by what the client says
 * that it is.
 *
 * @param operation such as {@code CopyObject}
 * @param address decoded
 * @param query its first values
 * @param wire as it came
 */
record S3Request(String operation, S3Address address, Map<String, String> query, AwsRequest wire) {

  static S3Request of(AwsRequest request) {
    SdkHttpRequest http = request.http();
    Map<String, String> query = new HashMap<>();
    http.rawQueryParameters()
        .forEach((name, values) -> query.put(name, values.isEmpty() ? "" : text(values)));
    return new S3Request(S3Operations.of(http), S3Address.of(http).decoded(), query, request);
  }

  /** The body, without the frames of {@code aws-chunked}. */
  byte[] body() {
    boolean framed = header("x-amz-content-sha256").startsWith("STREAMING-");
    return framed ? AwsChunked.decode(wire.body()) : wire.body();
  }

  private static String text(List<String> values) {
    String first = values.get(0);
    return first == null ? "" : first;
  }

  /** A parameter of the query; empty if it is absent. */
  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  /** A parameter of the query that is a number. */
  int number(String name, int absent) {
    String text = parameter(name);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw S3Refusal.invalid("Provided " + name + " not an integer or within integer range");
    }
  }

  /** A header; empty if it is absent. */
  String header(String name) {
    return wire.http().firstMatchingHeader(name).orElse("");
  }

  /** The headers that S3 keeps with an object. */
  Map<String, String> kept() {
    Map<String, String> kept = new TreeMap<>();
    wire.http()
        .forEachHeader(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (lower.equals("content-type") || lower.startsWith("x-amz-meta-")) {
                kept.put(lower, String.join(",", values));
              }
            });
    return kept;
  }
}
