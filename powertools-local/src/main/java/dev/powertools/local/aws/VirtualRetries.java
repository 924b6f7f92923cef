// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.local.VirtualClock;
import java.time.Duration;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * The SDK's retries on virtual time: the same conditions, attempts and token bucket, but a wait
 * moves the test's clock and takes no time. Thread-safe as the strategy behind it is.
 */
final class VirtualRetries implements RetryStrategy {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final RetryStrategy strategy;
  private final VirtualClock clock;

  private VirtualRetries(RetryStrategy strategy, VirtualClock clock) {
    this.strategy = strategy;
    this.clock = clock;
  }

  /** A strategy with its own delays. */
  static VirtualRetries of(RetryStrategy strategy, VirtualClock clock) {
    return new VirtualRetries(strategy, clock);
  }

  /** A strategy with the SDK's usual delays, but without their jitter: a test repeats. */
  static VirtualRetries withoutJitter(RetryStrategy strategy, VirtualClock clock) {
    RetryStrategy repeatable =
        strategy.toBuilder()
            .backoffStrategy(doubling(Duration.ofMillis(100)))
            .throttlingBackoffStrategy(doubling(Duration.ofMillis(500)))
            .build();
    return new VirtualRetries(repeatable, clock);
  }

  private static BackoffStrategy doubling(Duration first) {
    return BackoffStrategy.exponentialDelayWithoutJitter(first, LONGEST);
  }

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    AcquireInitialTokenResponse response = strategy.acquireInitialToken(request);
    pass(response.delay());
    return AcquireInitialTokenResponse.create(response.token(), Duration.ZERO);
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    RefreshRetryTokenResponse response = strategy.refreshRetryToken(request);
    pass(response.delay());
    return RefreshRetryTokenResponse.create(response.token(), Duration.ZERO);
  }

  private void pass(Duration delay) {
    try {
      Waits.sleep(clock, delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the SDK looks for it before the next attempt
    }
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    return strategy.recordSuccess(request);
  }

  @Override
  public int maxAttempts() {
    return strategy.maxAttempts();
  }

  @Override
  public boolean useClientDefaults() {
    return false; // they are in the strategy already
  }

  @Override
  public Builder<?, ?> toBuilder() {
    return strategy.toBuilder();
  }

  @Override
  public void close() {
    strategy.close();
  }
}
