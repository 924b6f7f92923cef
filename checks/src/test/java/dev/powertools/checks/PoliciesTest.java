// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The IAM policies of the guide keep tenants apart, and the check of that finds those that don't.
 */
class PoliciesTest {

  private static final Path POLICIES = Path.of("../docs/iam");

  static List<Path> policies() throws IOException {
    try (Stream<Path> files = Files.list(POLICIES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static String read(String policy) {
    return PublishedModules.read(POLICIES.resolve(policy));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void keeps_tenants_apart(Path policy) {
    assertThat(PolicyLint.problems(PublishedModules.read(policy))).isEmpty();
  }

  @Test
  void there_is_one_for_each_model_and_for_who_assumes_the_role() throws IOException {
    assertThat(policies())
        .extracting(policy -> policy.getFileName().toString())
        .containsExactly(
            "function.json",
            "tenant-bridge.json",
            "tenant-pool.json",
            "tenant-silo.json",
            "tenant-trust.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tenant-pool.json   | }                              | }}                         | is no policy
          tenant-pool.json   | 2012-10-17                     | 2008-10-17                 | Version
          tenant-pool.json   | dynamodb:GetItem               | dynamodb:*                 | the action
          tenant-pool.json   | dynamodb:GetItem               | *                          | the action
          tenant-pool.json   | dynamodb:GetItem               | dynamodb:Scan              | the action
          tenant-pool.json   | dynamodb:GetItem               | dynamodb:PartiQLSelect     | the action
          tenant-pool.json   | "Action"                       | "NotAction"                | NotAction
          tenant-pool.json   | "Null": {"dynamodb:LeadingKeys" | "Bool": {"dynamodb:LeadingKeys" | without Null
          tenant-pool.json   | {"dynamodb:LeadingKeys": "false"} | {"dynamodb:LeadingKeys": "true"} | without Null
          tenant-pool.json   | ForAllValues:StringLike        | StringLikeIfExists         | IfExists
          tenant-pool.json   | TenantId}#*                    | TenantId}*                 | behind no separator
          tenant-pool.json   | TENANT#$                       | TENANT$                    | without separators
          tenant-pool.json   | TenantId}/*                    | TenantId}*                 | behind no separator
          tenant-pool.json   | tenants/${aws:PrincipalTag/TenantId}/*" | tenants/*"        | no tenant
          tenant-pool.json   | TENANT#${aws:PrincipalTag/TenantId}#*   | TENANT#*          | no tenant
          tenant-pool.json   | ${aws:PrincipalTag/TenantId}"  | acme"                      | by name
          tenant-silo.json   | table/orders-${aws:PrincipalTag/TenantId}" | table/orders"  | no tenant
          tenant-silo.json   | "arn:aws:s3:::orders-files-${aws:PrincipalTag/TenantId}" | "*"  | the resource *
          tenant-trust.json  | "aws:TagKeys": ["TenantId"]    | "aws:TagKeys": ["Other"]   | not closed
          tenant-trust.json  | "aws:RequestTag/TenantId": "?*"} | "aws:RequestTag/TenantId": "*"} | an empty tag
          tenant-trust.json  | "aws:RequestTag/TenantId": "false" | "aws:RequestTag/TenantId": "true" | without a tag
          """)
  void the_check_bites(String policy, String good, String bad, String problem) {
    String broken = read(policy).replace(good, bad);

    assertThat(broken).isNotEqualTo(read(policy));
    assertThat(PolicyLint.problems(broken)).anySatisfy(each -> assertThat(each).contains(problem));
  }
}
