// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.testing.Functions;
import dev.powertools.testing.contract.InterceptorContract;
import java.util.List;

// region interceptor
class AuditedContractTest extends InterceptorContract {

  @Override
  protected Class<?> bearer() {
    return OwnAnnotationTest.WovenType.class;
  }

  @Override
  protected FunctionRuntime.Builder runtime(FunctionRuntime.Builder runtime) {
    return runtime.part(AuditTrail.class, line -> {});
  }

  @Override
  protected Functions functions(Functions functions) {
    return functions.with(AuditTrail.class, line -> {});
  }

  @Override
  protected List<Class<?>> handlers() {
    return List.of(OwnAnnotationTest.WovenType.class, OwnAnnotationTest.BaseClass.class);
  }
}
// endregion
