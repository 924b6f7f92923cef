// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

/**
 * Work that was captured in one invocation ran after that invocation had ended. On Lambda such work
 * would run frozen and thawed inside some later invocation, with the wrong request's facts. Wait
 * for the work before the handler returns.
 */
public final class InvocationClosedException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  /**
   * Names the invocation.
   *
   * @param requestId the request id of the invocation that has ended
   */
  public InvocationClosedException(String requestId) {
    super(
        "Invocation "
            + requestId
            + " has ended, and work that it handed to another thread started only now. Wait for"
            + " that work (join, get, invokeAll) before the handler returns.");
  }
}
