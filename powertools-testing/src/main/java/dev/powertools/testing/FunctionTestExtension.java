// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests their parameters, and refuses to run over classes that were not woven. */
final class FunctionTestExtension implements BeforeAllCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(FunctionTestExtension.class);

  /** By name, since a type whose feature is not on the class path must not load. */
  private static final Map<String, Function<Functions, Object>> PARAMETERS =
      Map.of(
          "dev.powertools.testing.Functions", functions -> functions,
          "dev.powertools.testing.FunctionLogs", functions -> functions.logs(),
          "dev.powertools.testing.Spans", functions -> functions.spans(),
          "dev.powertools.testing.TestClock", functions -> functions.clock(),
          "dev.powertools.testing.TestStore", functions -> functions.store(),
          "dev.powertools.testing.Leaks", functions -> functions.leaks(),
          "dev.powertools.local.aws.Aws", functions -> functions.aws());

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
    return PARAMETERS.containsKey(typeOf(parameter));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Functions functions = functionsOf(context);
    Function<Functions, Object> resolver = PARAMETERS.get(typeOf(parameter));
    if (resolver == null) {
      throw new ParameterResolutionException("No parameter of a function test: " + parameter);
    }
    return resolver.apply(functions);
  }

  /** The functions of a test, closed with it. */
  static Functions functionsOf(ExtensionContext context) {
    Store store = context.getStore(NAMESPACE);
    return store
        .getOrComputeIfAbsent(context.getUniqueId(), id -> opened(context), Closing.class)
        .functions();
  }

  private static Closing opened(ExtensionContext context) {
    Functions functions = Functions.start();
    context
        .getTestInstances()
        .ifPresent(
            own ->
                own.getAllInstances().forEach(test -> functions.leaks().ignoring(test.getClass())));
    return new Closing(functions);
  }

  private static String typeOf(ParameterContext parameter) {
    return parameter.getParameter().getType().getName();
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
