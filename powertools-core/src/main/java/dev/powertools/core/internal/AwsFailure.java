// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.Failures.Verdict;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What an exception of the AWS SDK says about itself. The SDK is known by name and asked by
 * reflection: core does not depend on it, and most functions that fail do so without it.
 */
public final class AwsFailure {

  private static final String SDK_EXCEPTION = "software.amazon.awssdk.core.exception.SdkException";
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private AwsFailure() {}

  /** The SDK's opinion; {@code null} if the failure is not the SDK's or it has none. */
  public static @Nullable Verdict opinion(Throwable failure) {
    if (!isSdkException(failure.getClass())) {
      return null;
    }
    boolean again =
        isTrue(ask(failure, "isThrottlingException"))
            || isTrue(ask(failure, "retryable"))
            || isTransientStatus(ask(failure, "statusCode"));
    return again ? Verdict.TRANSIENT : null;
  }

  private static boolean isSdkException(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().equals(SDK_EXCEPTION)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrue(@Nullable Object answer) {
    return Boolean.TRUE.equals(answer);
  }

  private static boolean isTransientStatus(@Nullable Object answer) {
    return answer instanceof Integer status
        && (status == REQUEST_TIMEOUT
            || status == TOO_EARLY
            || status == TOO_MANY_REQUESTS
            || status >= SERVER_ERROR);
  }

  private static @Nullable Object ask(Throwable failure, String question) {
    try {
      Method method = failure.getClass().getMethod(question);
      return method.invoke(failure);
    } catch (ReflectiveOperationException e) {
      return null; // an SDK exception without that question has no opinion on it
    }
  }
}
