// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.http;

import java.io.IOException;

/** Says that what came over a connection is no request that is taken, and which status says so. */
final class HttpRefusal extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  HttpRefusal(int status, String reason) {
    super(reason);
    this.status = status;
  }

  int status() {
    return status;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
