// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

/**
 * A function whose start is measured.
 *
 * @param name for the table
 * @param handler its handler's class
 * @param needs what else is on its class path, and runs beside it
 */
record Contender(String name, Class<?> handler, Needs needs) {

  /** Beside what all contenders have. */
  enum Needs {
    NOTHING,
    /** OpenTelemetry's SDK, its OTLP exporter and a collector. */
    OTLP,
    /** The AWS SDK's client of DynamoDB, and a table. */
    DYNAMODB
  }

  private Contender(String name, Class<?> handler) {
    this(name, handler, Needs.NOTHING);
  }

  static final Contender BARE_STREAM = new Contender("bare stream", BareStreamHandler.class);
  static final Contender BARE = new Contender("bare RequestHandler", BareRequestHandler.class);
  static final Contender LOGGED =
      new Contender("@Logging on a RequestHandler", LoggedRequestHandler.class);
  static final Contender TRACED =
      new Contender("@Logging @Tracing, no SDK", TracedRequestHandler.class);
  static final Contender TRACED_BY_HAND =
      new Contender(
          "@Logging, SDK and span by hand, OTLP", HandTracedRequestHandler.class, Needs.OTLP);
  static final Contender TRACED_BY_SDK =
      new Contender("@Logging @Tracing, SDK, OTLP", SdkTracedRequestHandler.class, Needs.OTLP);
  static final Contender BATCH = new Contender("typed batch, @Logging", TypedBatchHandler.class);
  static final Contender IDEMPOTENT =
      new Contender(
          "typed batch, @Logging, one @Idempotent on DynamoDB",
          IdempotentBatchHandler.class,
          Needs.DYNAMODB);
}
