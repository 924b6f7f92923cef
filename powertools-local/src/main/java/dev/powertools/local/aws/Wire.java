// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.io.IOException;
import software.amazon.awssdk.http.SdkHttpRequest;

/** What a request of the SDK goes through in place of a network. Thread-safe. */
@FunctionalInterface
interface Wire {

  /** The answer to a request; an exception as a client's if there is none. */
  AwsAnswer send(SdkHttpRequest http, byte[] body) throws IOException;
}
