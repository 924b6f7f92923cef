// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A session that {@link StsStub} gave out. Immutable.
 *
 * @param accessKeyId what requests are signed with that are made in it
 * @param roleArn whose role
 * @param sessionName as asked
 * @param tags the session's tags, those inherited over role chaining included
 * @param transitiveTagKeys the keys of those tags that role chaining keeps
 * @param policy the session policy; empty if none
 * @param duration as asked; an hour by default
 * @param expiration when it ends
 */
public record AssumedRole(
    String accessKeyId,
    String roleArn,
    String sessionName,
    Map<String, String> tags,
    Set<String> transitiveTagKeys,
    String policy,
    Duration duration,
    Instant expiration) {

  /** Keeps copies. */
  public AssumedRole {
    tags = Map.copyOf(tags);
    transitiveTagKeys = Set.copyOf(transitiveTagKeys);
  }
}
