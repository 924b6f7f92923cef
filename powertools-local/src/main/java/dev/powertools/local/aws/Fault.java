// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.io.IOException;

/** What a script does to one request. */
@FunctionalInterface
interface Fault {

  /** The answer that the SDK gets; an exception if it gets none. */
  AwsAnswer apply(Passage passage) throws IOException;

  /**
   * One request on its way.
   *
   * @param request what is asked
   * @param waits how to wait
   * @param behind who would answer it
   */
  record Passage(AwsRequest request, Waits waits, Backend behind) {

    /** Lets the request pass. */
    AwsAnswer pass() throws IOException {
      return behind.answer(request);
    }
  }
}
