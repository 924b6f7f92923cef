// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.config.Config;
import dev.powertools.core.config.ConfigKey;
import java.util.Locale;

/** What the guard does with calls of AWS that are not the tenant's to make. */
public enum GuardMode {

  /** Denies them. The default. */
  ENFORCE,

  /**
   * Tells of them and lets them through: to find out what rules a function needs that is in use
   * already. It protects nobody, and says so each time the function starts.
   */
  AUDIT;

  private static final ConfigKey<GuardMode> KEY =
      ConfigKey.of(
          "POWERTOOLS_TENANCY_GUARD",
          "enforce or audit",
          text -> valueOf(text.toUpperCase(Locale.ROOT)),
          "Whether calls of AWS that break a tenant's rules are denied, or only told of.");

  static GuardMode of(Config config) {
    return config.find(KEY).orElse(ENFORCE);
  }
}
