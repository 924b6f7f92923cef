// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.json.PayloadCodec;
import dev.powertools.local.FunctionError;
import dev.powertools.local.InvocationResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a function under test answered. Immutable. */
public final class TestResponse {

  private final InvocationResult result;

  TestResponse(InvocationResult result) {
    this.result = result;
  }

  /** The request id that the function saw. */
  public String requestId() {
    return result.requestId();
  }

  /** The response as text: JSON, unless the handler wrote something else. */
  public String text() {
    return result.text();
  }

  /** The response's bytes. */
  public byte[] bytes() {
    return result.payload();
  }

  /**
   * The response read as a type: one of aws-lambda-java-events as the platform would, others by the
   * toolkit's codec.
   *
   * @throws AssertionError if the function failed; the message tells its error
   */
  public <T> @Nullable T as(Class<T> type) {
    error()
        .ifPresent(
            error -> {
              throw new AssertionError(
                  "The function failed: " + error.type() + ": " + error.message());
            });
    if (AwsObjects.isOne(type)) {
      return AwsObjects.read(result.payload(), type);
    }
    return PayloadCodec.standard().forClass(type).read(result.payload());
  }

  /** The error as Lambda would report it; empty if the function succeeded. */
  public Optional<FunctionError> error() {
    return result.error();
  }

  /** Whether it was the first invocation of its environment. */
  public boolean coldStart() {
    return result.coldStart();
  }

  @Override
  public String toString() {
    return result.toString();
  }
}
