// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.aws.TenantNetwork;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the parts of the AWS SDK are there that assuming a role needs; loads none of them. */
final class StsPresence {

  private static final String SDK = "software.amazon.awssdk.";

  private StsPresence() {}

  /**
   * Fails where a part is missing.
   *
   * @throws ConfigurationException with the lines to add
   */
  static void require(String role, FunctionRuntime runtime) {
    require(role, "services.sts.StsClient", "sts");
    Set<String> given =
        runtime.givenParts().stream().map(Class::getName).collect(Collectors.toSet());
    if (!given.contains(SDK + "services.sts.StsClient")
        && !given.contains(TenantNetwork.class.getName())) {
      require(role, "http.urlconnection.UrlConnectionHttpClient", "url-connection-client");
    }
  }

  private static void require(String role, String part, String artifact) {
    String file = (SDK + part).replace('.', '/') + ".class";
    if (StsPresence.class.getClassLoader().getResource(file) == null) {
      throw new ConfigurationException(
          "The role "
              + role
              + " can't be assumed for tenants: "
              + SDK
              + part
              + " is not on the class path. Add it to pom.xml:\n"
              + "<dependency>\n  <groupId>software.amazon.awssdk</groupId>\n  <artifactId>"
              + artifact
              + "</artifactId>\n  <version>2.x, as the SDK's bom has it</version>\n</dependency>");
    }
  }
}
