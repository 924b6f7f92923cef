// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.resource.ResourceName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a call names, by name or ARN. What it leaves out is the caller's own.
 *
 * @param name the last part
 * @param region where it is
 * @param account whose it is
 */
record Target(String name, @Nullable String region, @Nullable String account) {

  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]+):([0-9]{12}):([^\\s]+)");

  /**
   * Reads a name or an ARN.
   *
   * @param kind what stands before the name in an ARN, such as {@code table/}
   * @return null if it is an ARN of something else
   */
  static @Nullable Target of(String text, String service, String kind) {
    if (!text.startsWith("arn:")) {
      return new Target(text, null, null);
    }
    Matcher arn = ARN.matcher(text);
    boolean fits = arn.matches() && arn.group(1).equals(service) && arn.group(4).startsWith(kind);
    return fits
        ? new Target(arn.group(4).substring(kind.length()), arn.group(2), arn.group(3))
        : null;
  }

  /** Whether it is what was declared, for the tenant that asks. */
  boolean is(ResourceName declared, Asked asked) {
    return declared.isOf(name, asked.tenant())
        && same(declared.region(), region, asked.call().region())
        && same(declared.account(), account, asked.account());
  }

  /** Whether two places are one, where that which is not named is one's own. */
  private static boolean same(
      @Nullable String declared, @Nullable String named, @Nullable String own) {
    if (declared == null && named == null) {
      return true;
    }
    String first = declared == null ? own : declared;
    return first != null && first.equals(named == null ? own : named);
  }
}
