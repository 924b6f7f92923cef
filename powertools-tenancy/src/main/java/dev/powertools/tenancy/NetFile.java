// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/**
 * The file by which the AWS SDK finds the guard's interceptor, for each client there is. A jar that
 * holds several libraries keeps only one of their files of this name, unless it is told to merge
 * them. Touches no class of the SDK.
 */
final class NetFile {

  static final String NAME = "software/amazon/awssdk/global/handlers/execution.interceptors";
  private static final String SDK = "software/amazon/awssdk/core/interceptor/ExecutionInterceptor";
  private static final String NET = "dev.powertools.tenancy.aws.TenantNet";

  private NetFile() {}

  /**
   * Fails if the SDK is there, and would not find the interceptor.
   *
   * @throws ConfigurationException with the fix
   */
  static void require(ClassLoader loader) {
    if (loader.getResource(SDK + ".class") != null && !isNamed(loader)) {
      throw new ConfigurationException(
          "No file "
              + NAME
              + " on the class path names "
              + NET
              + ", so calls of AWS by clients that are bound to no tenant would go unseen. The jar of"
              + " powertools-tenancy holds such a file; a shaded jar lost it. Merge the files of this"
              + " name: with maven-shade-plugin by\n"
              + "<transformer implementation=\"org.apache.maven.plugins.shade.resource"
              + ".AppendingTransformer\">\n  <resource>"
              + NAME
              + "</resource>\n</transformer>\nwith Gradle's shadow plugin by append(\""
              + NAME
              + "\").");
    }
  }

  private static boolean isNamed(ClassLoader loader) {
    try {
      for (URL file : Collections.list(loader.getResources(NAME))) {
        try (InputStream in = file.openStream()) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          if (text.lines().anyMatch(line -> line.strip().equals(NET))) {
            return true;
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw new ConfigurationException("The files " + NAME + " can't be read: " + e, e);
    }
  }
}
