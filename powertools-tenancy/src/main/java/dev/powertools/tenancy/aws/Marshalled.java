// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What the SDK made of the request that was checked, before any interceptor could touch it; and
 * whether what is to be sent still says the same. Signing and the SDK's own steps add to it: the
 * host of a bucket or account, checksums, dates. Immutable.
 */
final class Marshalled {

  private static final byte[] NOTHING = {};
  private static final String AWS_HEADER = "x-amz";

  /** The operations whose body is the caller's own stream; all others have theirs in memory. */
  private static final Set<String> STREAMING = Set.of("S3.PutObject", "S3.UploadPart");

  /** What is added after marshalling, beside checksums. */
  private static final Set<String> ADDED =
      Set.of(
          "x-amz-content-sha256",
          "x-amz-date",
          "x-amz-decoded-content-length",
          "x-amz-region-set",
          "x-amz-sdk-checksum-algorithm",
          "x-amz-security-token",
          "x-amz-te",
          "x-amz-trailer",
          "x-amzn-trace-id");

  /** What the query protocol names an operation by. */
  private static final String ACTION = "Action";

  private final SdkHttpRequest request;
  private final @Nullable RequestBody source;
  private final byte @Nullable [] body;
  private final @Nullable String bucket;

  private Marshalled(
      SdkHttpRequest request,
      @Nullable RequestBody source,
      byte @Nullable [] body,
      @Nullable String bucket) {
    this.request = request;
    this.source = source;
    this.body = body;
    this.bucket = bucket;
  }

  static Marshalled of(String service, String operation, Context.AfterMarshalling made) {
    boolean streaming = STREAMING.contains(service + "." + operation);
    RequestBody source = made.requestBody().orElse(null);
    if (source == null && isForm(made.httpRequest())) {
      return form(made.httpRequest());
    }
    return new Marshalled(
        made.httpRequest(),
        source,
        streaming ? null : bytes(source),
        service.equals("S3") ? bucket(made.request()) : null);
  }

  private static boolean isForm(SdkHttpRequest request) {
    return request.method() == SdkHttpMethod.POST
        && request.rawQueryParameters().containsKey(ACTION);
  }

  /** The SDK moves what is asked by the query protocol, of SNS say, from the query to the body. */
  private static Marshalled form(SdkHttpRequest request) {
    String body = request.encodedQueryParametersAsFormData().orElseThrow();
    return new Marshalled(
        request.toBuilder().clearQueryParameters().build(),
        null,
        body.getBytes(StandardCharsets.UTF_8),
        null);
  }

  private static @Nullable String bucket(SdkRequest request) {
    return request.getValueForField("Bucket", String.class).orElse(null);
  }

  private static byte[] bytes(@Nullable RequestBody body) {
    if (body == null) {
      return NOTHING;
    }
    int length = body.optionalContentLength().map(Math::toIntExact).orElse(Integer.MAX_VALUE);
    try (InputStream in = body.contentStreamProvider().newStream()) {
      byte[] bytes = in.readNBytes(length); // of the right size at once
      if (in.read() >= 0) {
        throw new IllegalStateException("The body is longer than it says");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body that is to be sent; {@code null} if it is the caller's own stream. */
  byte @Nullable [] body() {
    return body;
  }

  /** What a body that is to be sent does not say the same in; {@code null} if it does. */
  @Nullable String differs(Optional<RequestBody> sync, Optional<AsyncRequestBody> async) {
    if (body == null) {
      return null;
    }
    boolean same =
        async.isEmpty()
            && (sync.orElse(null) == source || Arrays.equals(body, bytes(sync.orElse(null))));
    return same ? null : "the body";
  }

  /** What a request that is to be sent does not say the same in; {@code null} if it does. */
  @Nullable String differs(SdkHttpRequest wire) {
    if (wire.method() != request.method()) {
      return "the method";
    }
    if (!isOwnHost(wire)) {
      return "the host";
    }
    if (!isOwnPath(wire)) {
      return "the path";
    }
    if (!wire.rawQueryParameters().equals(request.rawQueryParameters())) {
      return "the query";
    }
    if (!isOwnForm(wire)) {
      return "the body";
    }
    return differingHeader(wire);
  }

  private boolean isOwnHost(SdkHttpRequest wire) {
    if (wire.port() != request.port() || !wire.protocol().equals(request.protocol())) {
      return false;
    }
    String host = wire.host();
    String named = wire.firstMatchingHeader("Host").orElse(host);
    return (named.equals(host) || named.equals(host + ":" + wire.port()))
        && (isOfService(host)
            || (host.startsWith(bucket + ".") && isOfService(host.substring(afterBucket())))
            || isAccountEndpoint(host));
  }

  private int afterBucket() {
    return String.valueOf(bucket).length() + 1;
  }

  /** S3's oldest region is called without its name. */
  private boolean isOfService(String host) {
    String base = request.host();
    return host.equals(base)
        || (base.equals("s3.us-east-1.amazonaws.com") && host.equals("s3.amazonaws.com"));
  }

  /** Such as {@code 123456789012.ddb.eu-central-1.amazonaws.com}. */
  private boolean isAccountEndpoint(String host) {
    String base = request.host();
    String service = "dynamodb.";
    return base.startsWith(service)
        && host.endsWith(".ddb." + base.substring(service.length()))
        && host.substring(0, host.indexOf('.')).matches("[0-9]{12}");
  }

  private boolean isOwnPath(SdkHttpRequest wire) {
    String path = wire.encodedPath();
    String own = request.encodedPath();
    return path.equals(own)
        || (bucket != null && isOfService(wire.host()) && path.equals("/" + bucket + own));
  }

  /** What was moved is in no interceptor's body, but in the request itself. */
  private boolean isOwnForm(SdkHttpRequest wire) {
    boolean isForm = source == null && body != null && body.length > 0;
    return !isForm
        || !(wire instanceof SdkHttpFullRequest full)
        || full.contentStreamProvider()
            .map(content -> bytes(RequestBody.fromContentProvider(content, "")))
            .filter(content -> Arrays.equals(body, content))
            .isPresent();
  }

  private @Nullable String differingHeader(SdkHttpRequest wire) {
    String[] differs = {null};
    wire.forEachHeader(
        (name, values) -> {
          if (isAws(name) && !isExpected(name, values)) {
            differs[0] = "the header " + name.toLowerCase(Locale.ROOT);
          }
        });
    request.forEachHeader(
        (name, values) -> {
          if (isAws(name) && !wire.matchingHeaders(name).equals(values)) {
            differs[0] = "the header " + name.toLowerCase(Locale.ROOT);
          }
        });
    return differs[0];
  }

  private static boolean isAws(String name) {
    return name.regionMatches(true, 0, AWS_HEADER, 0, AWS_HEADER.length());
  }

  private boolean isExpected(String name, List<String> values) {
    List<String> own = request.matchingHeaders(name);
    if (!own.isEmpty()) {
      return own.equals(values);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return ADDED.contains(lower) || lower.startsWith("x-amz-checksum-");
  }
}
