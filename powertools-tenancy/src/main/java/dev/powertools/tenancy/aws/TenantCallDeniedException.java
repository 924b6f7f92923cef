// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.HttpProblem;
import dev.powertools.tenancy.TenantDeniedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of AWS was denied: it is not the tenant's to make, or no rule allows it. Nothing was sent,
 * unless the rule is one about responses. The message names service, operation, rule and what to
 * do, and never a value of the request.
 */
public final class TenantCallDeniedException extends TenantDeniedException {

  private static final long serialVersionUID = 1L;

  private final String service;
  private final String operation;
  private final @Nullable String foreign;

  /**
   * A denial.
   *
   * @param service as the SDK names it
   * @param operation such as {@code GetItem}
   * @param rule the rule that was broken, such as {@code dynamodb.key}
   * @param reason why and what to do, without any value of the request
   * @param foreign what was asked for that is not the tenant's, if that can be told; shown as a
   *     keyed hash only
   */
  public TenantCallDeniedException(
      String service, String operation, String rule, String reason, @Nullable String foreign) {
    super(rule, message(service, operation, rule, reason), null);
    this.service = service;
    this.operation = operation;
    this.foreign = foreign;
  }

  private TenantCallDeniedException(
      String service, String operation, String rule, String reason, Throwable cause) {
    super(rule, message(service, operation, rule, reason), cause);
    this.service = service;
    this.operation = operation;
    this.foreign = null;
  }

  /** A denial because a rule failed; the messages of the cause must hold no value either. */
  static TenantCallDeniedException failed(
      String service, String operation, String reason, Throwable cause) {
    return new TenantCallDeniedException(service, operation, "rule_failed", reason, cause);
  }

  private static String message(String service, String operation, String rule, String reason) {
    return service + "." + operation + " was denied by rule " + rule + ": " + reason;
  }

  /** The service, as the SDK names it. */
  public String service() {
    return service;
  }

  /** The operation, such as {@code GetItem}. */
  public String operation() {
    return operation;
  }

  /**
   * 403 if something was asked for that is not the tenant's, with nothing of the message; no answer
   * to the caller if the function is at fault, by a client that is bound to nobody, say: that is
   * the platform's 500.
   */
  @Override
  public Optional<HttpProblem> httpProblem() {
    return foreign == null ? Optional.empty() : super.httpProblem();
  }

  /** What was asked for, to be hashed. */
  @Nullable String foreign() {
    return foreign;
  }
}
