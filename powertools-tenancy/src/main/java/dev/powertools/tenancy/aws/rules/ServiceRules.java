// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The rules of one service, made when its first call comes. Thread-safe. */
interface ServiceRules {

  /** As {@link CallRules#complete}. */
  default SdkRequest complete(Asked asked) {
    return asked.call().request();
  }

  /** As {@link CallRules#check}. */
  void check(Asked asked);

  /** As {@link CallRules#checkWire}. */
  void checkWire(Asked asked, SdkHttpRequest wire);

  /** As {@link CallRules#checkResponse}. */
  default void checkResponse(Asked asked, SdkResponse response) {}
}
