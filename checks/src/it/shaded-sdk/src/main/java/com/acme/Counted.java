// SPDX-License-Identifier: Apache-2.0
package com.acme;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** An interceptor of the project's own, by a file of the same name. */
public class Counted implements ExecutionInterceptor {

  @Override
  public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
    System.out.println("counted " + call.request().getClass().getSimpleName());
  }
}
