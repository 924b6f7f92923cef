// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.core.PowertoolsException;

/** Thrown when a test's function asks an AWS service that nothing in the test answers for. */
public final class UnansweredAwsRequestException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  UnansweredAwsRequestException(String service, String operation) {
    super(
        String.format(
            "Nothing answers %1$s.%2$s, and a test reaches no real cloud. Answer it from memory by"
                + " aws.serve(\"%1$s\", …), send it to a part on this machine by"
                + " aws.endpoint(\"%1$s\", URI), or script it by"
                + " aws.on(\"%1$s\", \"%2$s\").answer(…).",
            service, operation));
  }
}
