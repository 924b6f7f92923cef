// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.http;

/** Answers requests. Thread-safe: each connection has a thread of its own. */
public interface HttpHandler {

  /** Answers one request; may take as long as it wants. */
  HttpResponse handle(HttpRequest request) throws InterruptedException;

  /** Words the refusal of what could not be read as a request. */
  HttpResponse refuse(int status, String reason);
}
