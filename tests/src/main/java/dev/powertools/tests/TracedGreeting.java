// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.tracing.Traces;
import dev.powertools.tracing.Tracing;
import dev.powertools.tracing.TracingOptions;
import java.time.Duration;

/** A function with nothing but spans. */
@PowertoolsConfig(TracedGreeting.Patient.class)
public class TracedGreeting extends FunctionHandler<String, String> {

  /** Waits for the export as long as a busy machine takes. */
  public static final class Patient implements RuntimeProvider {

    /** As the toolkit makes it. */
    public Patient() {}

    @Override
    public FunctionRuntime runtime() {
      TracingOptions options =
          TracingOptions.builder().flushTimeout(Duration.ofSeconds(20)).build();
      return FunctionRuntime.builder().part(TracingOptions.class, options).build();
    }
  }

  @Override
  @Tracing
  protected String handle(String name, Context context) {
    return Traces.span("greet", () -> "Hello " + name);
  }
}
