// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

/**
 * Who is outside whom: the order of the links of a chain, outermost first. This enum is the only
 * place that says so. A link of an earlier phase sees everything that the later ones do, their
 * exceptions included.
 */
public enum Phase {
  /** Spans: sees every other link's time and failure. */
  TRACE,
  /** Logs: keys are set before anything else runs and removed after everything else. */
  LOG,
  /** Metrics of the call. */
  METRIC,
  /** Who the caller's tenant is; everything further in may rely on it. */
  TENANT,
  /** Envelope, large payload, validation: the payload gets its final form. */
  DECODE,
  /** Rate limits and bulkheads: work refused here was never begun. */
  LIMIT,
  /** Once per key. */
  IDEMPOTENCY,
  /** Attempts of one piece of work. */
  RETRY,
  /** Next to the method's own body. */
  BODY
}
