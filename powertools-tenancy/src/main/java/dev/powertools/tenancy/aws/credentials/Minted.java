// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Credentials as they were issued. */
record Minted(AwsSessionCredentials credentials, Instant expiration) {

  private static final Duration EARLY = Duration.ofMinutes(5);

  boolean isValidAt(Instant now) {
    return now.isBefore(expiration);
  }

  /** Whether it is too soon to ask for others. */
  boolean isFreshAt(Instant now) {
    return now.isBefore(expiration.minus(EARLY));
  }
}
