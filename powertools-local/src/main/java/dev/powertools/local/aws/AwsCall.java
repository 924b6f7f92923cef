// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.core.FunctionInvocation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One round trip to AWS that a test saw: what was asked, which attempt of the SDK it was, and what
 * became of it. The SDK's retries are round trips of their own. Thread-safe.
 */
public final class AwsCall {

  private static final String UNDER_WAY = "under way";

  private final AwsRequest request;
  private final int attempt;
  private final Instant at;
  private final String requestId;
  private volatile String outcome = UNDER_WAY;
  private volatile @Nullable AwsAnswer answer;

  AwsCall(AwsRequest request, int attempt, Instant at) {
    this.request = request;
    this.attempt = attempt;
    this.at = at;
    this.requestId = FunctionInvocation.current().map(FunctionInvocation::requestId).orElse("");
  }

  /** The service's signing name, such as {@code dynamodb}. */
  public String service() {
    return request.service();
  }

  /** The operation, such as {@code PutItem}. */
  public String operation() {
    return request.operation();
  }

  /** What was asked. */
  public AwsRequest request() {
    return request;
  }

  /** Which attempt of one call of the SDK this was; 1 is the first. */
  public int attempt() {
    return attempt;
  }

  /** When it was sent. */
  public Instant at() {
    return at;
  }

  /** The request id of the function's invocation that it was sent in; empty outside any. */
  public String requestId() {
    return requestId;
  }

  /** What came back; empty if nothing did, or has not yet. */
  public Optional<AwsAnswer> answer() {
    return Optional.ofNullable(answer);
  }

  /** What became of it in a few words: {@code 200}, {@code throttle: 400}, {@code drop}. */
  public String outcome() {
    return outcome;
  }

  void answered(String how, AwsAnswer with) {
    answer = with;
    outcome = how.isEmpty() ? String.valueOf(with.status()) : how + ": " + with.status();
  }

  void failed(String how, Exception failure) {
    outcome = how.isEmpty() ? failure.toString() : how;
  }

  @Override
  public String toString() {
    return request + " #" + attempt + " -> " + outcome;
  }
}
