// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test once for each attack. */
final class TenantTestExtension implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(TenantTest.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    TenantTest test = context.getRequiredTestMethod().getAnnotation(TenantTest.class);
    String[] tenants = test.tenants();
    if (tenants.length != 2 || tenants[0].equals(tenants[1])) {
      throw new IllegalArgumentException(
          "@TenantTest needs two tenants, the attacker and the victim");
    }
    List<TenantAttack.Group> groups = List.of(test.groups());
    List<TenantAttack> all = TenantAttack.all(tenants[0], tenants[1]);
    groups.forEach(group -> requireSome(all, group));
    return all.stream().filter(attack -> groups.contains(attack.group())).map(Named::new);
  }

  private static void requireSome(List<TenantAttack> all, TenantAttack.Group group) {
    if (all.stream().noneMatch(attack -> attack.group() == group)) {
      throw new IllegalArgumentException(
          "There are no attacks of Group."
              + group
              + ": its part of the AWS SDK (dynamodb, s3, sts) is not on the class path of the"
              + " test. Add it, or leave the group out.");
    }
  }

  private record Named(TenantAttack attack)
      implements TestTemplateInvocationContext, ParameterResolver {

    @Override
    public String getDisplayName(int index) {
      return attack.toString();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TenantAttack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return attack;
    }
  }
}
