// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Tells service and operation of a request by what stands on the wire, for clients whose
 * interceptors are not ours. The service is that of the signature; the operation comes from the
 * target header (JSON), the action (query), the path (RPC), or from method and path (REST).
 */
final class Recognition {

  private static final Pattern SIGNED_FOR =
      Pattern.compile("Credential=[^/]+/\\d+/[^/]+/([^/]+)/aws4_request");
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z0-9]+)");
  private static final Pattern ATTEMPT = Pattern.compile("attempt=(\\d+)");

  private Recognition() {}

  static String service(SdkHttpRequest http) {
    String signature = http.firstMatchingHeader("Authorization").orElse("");
    Matcher scope = SIGNED_FOR.matcher(signature);
    return scope.find() ? scope.group(1) : serviceOfHost(http.host());
  }

  /** {@code sts} of sts.us-east-1.amazonaws.com, {@code s3} of bucket.s3.amazonaws.com. */
  private static String serviceOfHost(String host) {
    List<String> labels = Arrays.asList(host.toLowerCase(Locale.ROOT).split("\\."));
    return labels.contains("s3") ? "s3" : labels.get(0);
  }

  static String operation(String service, SdkHttpRequest http, byte[] body) {
    return http.firstMatchingHeader("X-Amz-Target")
        .map(target -> target.substring(target.lastIndexOf('.') + 1))
        .or(() -> action(http, body))
        .orElseGet(() -> ofRest(service, http));
  }

  private static Optional<String> action(SdkHttpRequest http, byte[] body) {
    Optional<String> inQuery = http.firstMatchingRawQueryParameter("Action");
    if (inQuery.isPresent() || !isForm(http)) {
      return inQuery;
    }
    Matcher action = ACTION.matcher(new String(body, StandardCharsets.UTF_8));
    return action.find() ? Optional.of(action.group(1)) : Optional.empty();
  }

  static boolean isForm(SdkHttpRequest http) {
    return http.firstMatchingHeader("Content-Type")
        .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
        .isPresent();
  }

  private static String ofRest(String service, SdkHttpRequest http) {
    String path = http.encodedPath();
    if (path.startsWith("/service/") && path.contains("/operation/")) {
      return path.substring(path.lastIndexOf('/') + 1);
    }
    if (service.startsWith("s3")) {
      return S3Operations.of(http);
    }
    if (service.equals("lambda") && path.endsWith("/invocations")) {
      return "Invoke";
    }
    return http.method() + " " + path;
  }

  static int attempt(SdkHttpRequest http) {
    Matcher attempt = ATTEMPT.matcher(http.firstMatchingHeader("amz-sdk-request").orElse(""));
    return attempt.find() ? Integer.parseInt(attempt.group(1)) : 1;
  }
}
