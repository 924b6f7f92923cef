// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

/**
 * A function whose start is measured.
 *
 * @param name for the table
 * @param handler its handler's class
 */
record Contender(String name, Class<?> handler) {

  static final Contender BARE_STREAM = new Contender("bare stream", BareStreamHandler.class);
  static final Contender BARE = new Contender("bare RequestHandler", BareRequestHandler.class);
  static final Contender LOGGED =
      new Contender("@Logging on a RequestHandler", LoggedRequestHandler.class);
  static final Contender TRACED =
      new Contender("@Logging @Tracing, no SDK", TracedRequestHandler.class);
  static final Contender BATCH = new Contender("typed batch, @Logging", TypedBatchHandler.class);
}
