// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.tenancy.Work;
import dev.powertools.tenancy.resource.TenantRole;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

class CredentialsTest {

  @TenantRole(
      arn = "${TENANT_ROLE_ARN}",
      tag = "customer",
      tags = {"Stage=${STAGE}"})
  private interface Declared {}

  @TenantRole(arn = "arn:aws:iam::123456789012:role/tenants", tags = "Stage")
  private interface BadTag {}

  private interface Undeclared {}

  private static FunctionRuntime runtime(Map<String, String> variables) {
    return FunctionRuntime.builder().config(Config.of(variables)).build();
  }

  @Test
  void a_declared_role_is_assumed_with_the_values_of_its_variables() {
    FunctionRuntime runtime =
        runtime(
            Map.of("TENANT_ROLE_ARN", "arn:aws:iam::123456789012:role/tenants", "STAGE", "prod"));

    assertThat(Credentials.of(Declared.class, runtime).orElseThrow())
        .hasToString(
            "AssumeRoleVendor of arn:aws:iam::123456789012:role/tenants with the tag customer");
  }

  @Test
  void a_vendor_of_the_runtime_goes_before_it() {
    CredentialVendor ours = tenant -> AnonymousCredentialsProvider.create();
    FunctionRuntime runtime = FunctionRuntime.builder().part(CredentialVendor.class, ours).build();

    assertThat(Credentials.of(Declared.class, runtime)).containsSame(ours);
    assertThat(Credentials.of(Undeclared.class, runtime)).containsSame(ours);
  }

  @Test
  void without_either_there_is_none_and_whoever_goes_on_warns_once() {
    FunctionRuntime runtime = runtime(Map.of());

    assertThat(Credentials.of(Undeclared.class, runtime)).isEmpty();
    assertThat(
            Work.logged(
                () -> {
                  Credentials.warnOfNone(Undeclared.class, runtime);
                  Credentials.warnOfNone(Undeclared.class, runtime);
                }))
        .singleElement()
        .asString()
        .contains("Undeclared has no @TenantRole");
  }

  @Test
  void what_can_not_be_used_says_where_it_was_declared_and_what_to_do() {
    assertThatThrownBy(() -> Credentials.of(Declared.class, runtime(Map.of())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("@TenantRole of " + Declared.class.getName())
        .hasMessageContaining("TENANT_ROLE_ARN, which is not set");
    assertThatThrownBy(
            () ->
                Credentials.of(
                    Declared.class, runtime(Map.of("TENANT_ROLE_ARN", "x", "STAGE", "y"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is not the ARN of a role");
    assertThatThrownBy(() -> Credentials.of(BadTag.class, runtime(Map.of())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("\"Stage\" is no tag. Write name=value.");
  }
}
