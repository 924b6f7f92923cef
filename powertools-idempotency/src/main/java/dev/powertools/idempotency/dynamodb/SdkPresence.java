// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import dev.powertools.core.ConfigurationException;

/** Whether the parts of the AWS SDK are there that a client of our own needs. */
final class SdkPresence {

  static final String CLIENT = "software.amazon.awssdk.services.dynamodb.DynamoDbClient";
  static final String HTTP = "software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient";

  private SdkPresence() {}

  /**
   * Fails where a part is missing.
   *
   * @param part its class
   * @throws ConfigurationException with the lines to add
   */
  static void require(String part, String table, ClassLoader loader) {
    try {
      Class.forName(part, false, loader);
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      throw new ConfigurationException(
          "the idempotency table "
              + table
              + " can't be used: "
              + part
              + " is not on the class path. Add the AWS SDK to pom.xml:\n"
              + dependency("dynamodb")
              + dependency("url-connection-client"),
          e);
    }
  }

  private static String dependency(String artifact) {
    return "<dependency>\n  <groupId>software.amazon.awssdk</groupId>\n  <artifactId>"
        + artifact
        + "</artifactId>\n  <version>2.x, as the SDK's bom has it</version>\n</dependency>\n";
  }
}
