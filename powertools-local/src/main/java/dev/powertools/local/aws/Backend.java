// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.io.IOException;

/** What is behind a client: a service in memory, a part on this machine, or a client of users'. */
@FunctionalInterface
interface Backend {

  /** Its answer to a request; an exception if nothing came back. */
  AwsAnswer answer(AwsRequest request) throws IOException;
}
