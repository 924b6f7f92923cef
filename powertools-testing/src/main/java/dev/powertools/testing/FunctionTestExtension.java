// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests their parameters, and refuses to run over classes that were not woven. */
final class FunctionTestExtension implements BeforeAllCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(FunctionTestExtension.class);
  private static final List<Class<?>> PARAMETERS =
      List.of(Functions.class, FunctionLogs.class, TestClock.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    ClassLoader loader = context.getRequiredTestClass().getClassLoader();
    context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(loader, l -> WovenCheck.of(loader), WovenCheck.class)
        .verify();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Store store = context.getStore(NAMESPACE);
    Functions functions =
        store
            .getOrComputeIfAbsent(
                context.getUniqueId(), id -> new Closing(Functions.start()), Closing.class)
            .functions();
    Class<?> type = parameter.getParameter().getType();
    if (type == FunctionLogs.class) {
      return functions.logs();
    }
    return type == TestClock.class ? functions.clock() : functions;
  }

  /** Closes what a test opened when JUnit closes the test's store. */
  @SuppressWarnings("deprecation") // the successor of CloseableResource came with JUnit 5.13
  record Closing(Functions functions) implements Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      functions.close();
    }
  }
}
