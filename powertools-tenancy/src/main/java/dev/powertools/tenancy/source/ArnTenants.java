// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.ConfigurationException;
import java.util.HashMap;
import java.util.Map;

/** Reads {@code ARN=tenant}. */
final class ArnTenants {

  private ArnTenants() {}

  static Map<String, String> parse(String[] entries) {
    Map<String, String> tenants = new HashMap<>();
    for (String entry : entries) {
      int equal = entry.lastIndexOf('=');
      if (!entry.startsWith("arn:") || equal < 0 || equal == entry.length() - 1) {
        throw new ConfigurationException(
            "\"" + entry + "\" is not of the form ARN=tenant, as arn:aws:sqs:…:jobs-acme=acme.");
      }
      String arn = entry.substring(0, equal);
      if (tenants.put(arn, entry.substring(equal + 1)) != null) {
        throw new ConfigurationException("The ARN " + arn + " is there twice. Say it once.");
      }
    }
    return tenants;
  }
}
