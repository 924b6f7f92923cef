// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.FunctionInvocation;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells of refusals: a signal, and one line of log. Loaded when there is something to refuse. */
final class Denials {

  private static final String LOGGER_NAME = "dev.powertools.tenancy";

  private Denials() {}

  /**
   * Tells of a refusal and gives it back, to be thrown.
   *
   * @param source the source that was not believed
   * @param foreign the id that was refused, if there is one
   */
  static TenantDeniedException tell(
      FunctionInvocation work,
      TenantDeniedException refusal,
      String source,
      @Nullable String foreign) {
    return tell(work, refusal, source, foreign, true);
  }

  /**
   * The same.
   *
   * @param enforced whether the refusal is thrown; else the work goes on in spite of it
   */
  static TenantDeniedException tell(
      FunctionInvocation work,
      TenantDeniedException refusal,
      String source,
      @Nullable String foreign,
      boolean enforced) {
    TenantDenied denied =
        new TenantDenied(
            refusal.rule(),
            source,
            String.valueOf(refusal.getMessage()),
            work.attributes().get(Tenants.TENANT_ID).orElse(null),
            foreign == null ? null : ForeignId.of(work.runtime()).hash(foreign),
            enforced);
    LoggingEventBuilder line = LoggerFactory.getLogger(LOGGER_NAME).atWarn();
    for (Map.Entry<String, Object> field : denied.fields().entrySet()) {
      line = line.addKeyValue(field.getKey(), field.getValue());
    }
    line.log(enforced ? "tenant_denied" : "tenant_let_through");
    work.emit(denied);
    return refusal;
  }
}
