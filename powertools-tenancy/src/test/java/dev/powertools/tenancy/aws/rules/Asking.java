// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.Work;
import dev.powertools.tenancy.aws.TenantCallDeniedException;
import dev.powertools.tenancy.envelope.EnvelopeKey;
import dev.powertools.tenancy.envelope.EnvelopeKeys;
import java.lang.reflect.Proxy;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;

/** Asks rules as the guard does, for the tenant acme; globex is the victim. */
final class Asking {

  static final TenantId ACME = TenantId.of("acme");

  private final DeclaredRules rules;
  private final String service;

  private final Work work;

  private Asking(DeclaredRules rules, String service, Work work) {
    this.rules = rules;
    this.service = service;
    this.work = work;
  }

  static Asking of(Class<?> isolation, String service) {
    FunctionRuntime runtime =
        FunctionRuntime.builder()
            .config(Config.of(Map.of("STAGE", "prod")))
            .part(EnvelopeKeys.class, EnvelopeKeys.of(EnvelopeKey.of("k1", new byte[32])))
            .build();
    return new Asking(DeclaredRules.of(isolation, runtime), service, Work.of(runtime.toBuilder()));
  }

  DeclaredRules rules() {
    return rules;
  }

  TenantCall call(SdkRequest request) {
    String operation = request.getClass().getSimpleName().replaceAll("Request$", "");
    return new TenantCall(service, operation, request, ACME, "eu-central-1");
  }

  TenantCall call(String operation, SdkRequest request) {
    return new TenantCall(service, operation, request, ACME, "eu-central-1");
  }

  /** Lets a request pass, or throws what denies it. */
  void check(SdkRequest request) {
    rules.check(call(request));
  }

  /** A request with what it has to have, in a runtime that has keys. */
  SdkRequest completed(TenantCall call) {
    return work.inside(() -> rules.complete(call));
  }

  /** Completes a request and checks it, as the guard does. */
  SdkRequest passed(TenantCall call) {
    return work.inside(
        () -> {
          SdkRequest completed = rules.complete(call);
          rules.check(call.with(completed));
          return completed;
        });
  }

  /** Runs something as an invocation of a function. */
  void inInvocation(String functionArn, Runnable task) {
    Context context =
        (Context)
            Proxy.newProxyInstance(
                Asking.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getInvokedFunctionArn" -> functionArn;
                      case "getAwsRequestId" -> "r-1";
                      case "getRemainingTimeInMillis" -> 1000;
                      default -> null;
                    });
    LiveInvocation invocation = LiveInvocation.under(work.runtime()).context(context).open();
    assertThatCode(
            () ->
                Entry.run(
                    invocation,
                    Scope.of(invocation),
                    () -> {
                      task.run();
                      return null;
                    }))
        .doesNotThrowAnyException();
  }

  void checkInside(TenantCall call) {
    work.inside(
        () -> {
          rules.check(call);
          return null;
        });
  }

  void allows(SdkRequest request) {
    assertThat(catchThrowable(() -> check(request))).as("%s", request).isNull();
  }

  void denies(SdkRequest request, String rule) {
    requireDenied(catchThrowable(() -> check(request)), rule);
  }

  static void requireDenied(Throwable thrown, String rule) {
    assertThat(thrown).isInstanceOf(TenantCallDeniedException.class);
    assertThat(((TenantCallDeniedException) thrown).rule()).as(thrown.getMessage()).isEqualTo(rule);
    assertThat(thrown).hasMessageNotContainingAny("globex", "GLOBEX").hasNoCause();
  }
}
