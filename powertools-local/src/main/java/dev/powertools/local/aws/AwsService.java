// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

/** Answers the requests to one AWS service from memory, as the service would. Thread-safe. */
@FunctionalInterface
public interface AwsService {

  /** The service's answer to a request. */
  AwsAnswer answer(AwsRequest request);
}
