// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;

/**
 * What a single request may say otherwise than its client: names, timeouts, metrics, compression.
 * All else can change where a request goes, what it says, or whose credentials sign it.
 *
 * <p>It is closed: a request's overrides are compared with a copy that has only what is allowed, so
 * that an override which a later SDK brings along is refused, too.
 */
final class Overrides {

  /** What multipart transfers of S3 say to each other; by name, since S3 may be missing. */
  private static final Set<String> OF_TRANSFERS =
      Set.of(
          "ResumeToken",
          "PauseObservable",
          "JavaProgressListener",
          "MultipartDownloadResumeContext",
          "ReportProgressInSingleChunk");

  private Overrides() {}

  /** What a request overrides that it must not; {@code null} if there is nothing. */
  static @Nullable String refused(SdkRequest request) {
    RequestOverrideConfiguration given = request.overrideConfiguration().orElse(null);
    return given == null ? null : refused(given);
  }

  /** What these overrides have that they must not; {@code null} if there is nothing. */
  static @Nullable String refused(RequestOverrideConfiguration given) {
    AwsRequestOverrideConfiguration.Builder allowed = AwsRequestOverrideConfiguration.builder();
    given.apiNames().forEach(allowed::addApiName);
    given.apiCallTimeout().ifPresent(allowed::apiCallTimeout);
    given.apiCallAttemptTimeout().ifPresent(allowed::apiCallAttemptTimeout);
    given.compressionConfiguration().ifPresent(allowed::compressionConfiguration);
    allowed.metricPublishers(given.metricPublishers());
    if (areOfTransfers(given)) {
      allowed.executionAttributes(given.executionAttributes());
    }
    AwsRequestOverrideConfiguration aws = AwsRequestOverrideConfiguration.from(given);
    return allowed.build().equals(aws) ? null : name(aws);
  }

  private static boolean areOfTransfers(RequestOverrideConfiguration given) {
    for (ExecutionAttribute<?> each : given.executionAttributes().getAttributes().keySet()) {
      if (!OF_TRANSFERS.contains(each.toString())) {
        return false;
      }
    }
    return true;
  }

  /** The one to name first; the name of any other is not known to all versions of the SDK. */
  private static String name(AwsRequestOverrideConfiguration given) {
    if (!given.plugins().isEmpty()) {
      return "plugins";
    }
    if (given.credentialsIdentityProvider().isPresent()) {
      return "credentialsProvider";
    }
    if (given.signer().isPresent()) {
      return "signer";
    }
    if (given.endpointProvider().isPresent()) {
      return "endpointProvider";
    }
    if (!given.headers().isEmpty()) {
      return "headers";
    }
    if (!given.rawQueryParameters().isEmpty()) {
      return "rawQueryParameters";
    }
    return areOfTransfers(given) ? "one that the guard does not know" : "executionAttributes";
  }
}
