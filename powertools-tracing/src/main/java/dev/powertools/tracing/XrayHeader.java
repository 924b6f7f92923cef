// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import org.jspecify.annotations.Nullable;

/**
 * The trace header of X-Ray: {@code
 * Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1}, in any order, with
 * other parts ({@code Lineage}, {@code Self}) left aside. Source: "X-Ray concepts", Tracing header,
 * in the AWS X-Ray developer guide.
 */
final class XrayHeader {

  private static final int LONGEST = 1024;
  private static final int ROOT_LENGTH = 35;
  private static final int EPOCH_AT = 2;
  private static final int EPOCH_END = 10;

  private XrayHeader() {}

  /** The context that a header names; an invalid one if the header is malformed. */
  static SpanContext parse(@Nullable String header) {
    if (header == null || header.length() > LONGEST) {
      return SpanContext.getInvalid();
    }
    String traceId = "";
    String spanId = "";
    TraceFlags flags = TraceFlags.getDefault();
    for (String part : header.split(";", -1)) {
      String value = part.substring(part.indexOf('=') + 1).strip();
      switch (part.substring(0, Math.max(0, part.indexOf('='))).strip()) {
        case "Root" -> traceId = traceId(value);
        case "Parent" -> spanId = value;
        case "Sampled" -> flags = value.equals("1") ? TraceFlags.getSampled() : flags;
        default -> {}
      }
    }
    return TraceId.isValid(traceId) && SpanId.isValid(spanId)
        ? SpanContext.createFromRemoteParent(traceId, spanId, flags, TraceState.getDefault())
        : SpanContext.getInvalid();
  }

  private static String traceId(String root) {
    boolean wellFormed =
        root.length() == ROOT_LENGTH && root.startsWith("1-") && root.charAt(EPOCH_END) == '-';
    return wellFormed ? root.substring(EPOCH_AT, EPOCH_END) + root.substring(EPOCH_END + 1) : "";
  }

  /** The header for a context. */
  static String of(SpanContext context) {
    String id = context.getTraceId();
    int epoch = EPOCH_END - EPOCH_AT;
    return "Root=1-"
        + id.substring(0, epoch)
        + "-"
        + id.substring(epoch)
        + ";Parent="
        + context.getSpanId()
        + ";Sampled="
        + (context.isSampled() ? "1" : "0");
  }
}
