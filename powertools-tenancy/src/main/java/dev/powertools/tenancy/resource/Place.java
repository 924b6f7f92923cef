// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.config.Config;
import dev.powertools.tenancy.source.KeyFormat;
import dev.powertools.tenancy.source.Variables;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One annotation of one type: reads its values, and says where what is wrong is.
 *
 * @param type the type
 * @param annotation the annotation's simple name
 * @param title what tells it from others of its kind
 * @param config where variables are looked up
 */
record Place(Class<?> type, String annotation, String title, Config config) {

  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]+):([0-9]{12}):(.+)");
  private static final Pattern QUEUE_URL =
      Pattern.compile("https?://([^/?#]+)/(?:[^?#]*/)?([0-9]{12})/([^/?#]+)/?");
  private static final Pattern QUEUE_HOST =
      Pattern.compile("sqs(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._{}-]{1,255}");

  /** A value, with its variables replaced. */
  String text(String attribute, String value) {
    try {
      return Variables.replaced(value, config);
    } catch (ConfigurationException e) {
      throw wrong(attribute, String.valueOf(e.getMessage()));
    }
  }

  /** A value that must not be blank. */
  String filled(String attribute, String value) {
    String text = text(attribute, value);
    if (text.isBlank()) {
      throw wrong(attribute, "it is empty");
    }
    return text;
  }

  KeyFormat format(String attribute, String value) {
    try {
      return KeyFormat.of(value);
    } catch (ConfigurationException e) {
      throw wrong(attribute, String.valueOf(e.getMessage()));
    }
  }

  /** A name, an ARN, or the URL of a queue. */
  ResourceName name(String attribute, String value, String service) {
    String text = filled(attribute, value);
    if (service.equals("kms")) {
      return parsed(attribute, text, null, null); // calls name keys in many ways: this one counts
    }
    if (text.startsWith("arn:")) {
      return arn(attribute, text, service);
    }
    Matcher url = QUEUE_URL.matcher(text);
    if (service.equals("sqs") && url.matches()) {
      Matcher host = QUEUE_HOST.matcher(url.group(1));
      String region = host.matches() ? host.group(1) : null;
      return named(attribute, url.group(3), region, url.group(2));
    }
    return named(attribute, text, null, null);
  }

  private ResourceName arn(String attribute, String text, String service) {
    Matcher arn = ARN.matcher(text);
    String before = kind(service);
    if (!arn.matches() || !arn.group(1).equals(service) || !arn.group(4).startsWith(before)) {
      throw wrong(
          attribute,
          "this is not an ARN as arn:aws:" + service + ":<region>:<account>:" + before + "<name>");
    }
    String name = arn.group(4).substring(before.length());
    return named(attribute, name, arn.group(2), arn.group(3));
  }

  /** What stands before the name in an ARN. */
  private static String kind(String service) {
    return switch (service) {
      case "dynamodb" -> "table/";
      case "events" -> "event-bus/";
      case "lambda" -> "function:";
      default -> "";
    };
  }

  private ResourceName named(
      String attribute, String name, @Nullable String region, @Nullable String account) {
    if (!NAME.matcher(name).matches()) {
      throw wrong(
          attribute, "a name has letters, digits, hyphens, dots, underscores and {tenant} only");
    }
    return parsed(attribute, name, region, account);
  }

  private ResourceName parsed(
      String attribute, String name, @Nullable String region, @Nullable String account) {
    try {
      return ResourceName.of(name, region, account);
    } catch (ConfigurationException e) {
      throw wrong(attribute, String.valueOf(e.getMessage()));
    }
  }

  ConfigurationException wrong(String attribute, String why) {
    return new ConfigurationException(
        type.getName()
            + ": @"
            + annotation
            + " of \""
            + title
            + "\", attribute "
            + attribute
            + ": "
            + why
            + ".");
  }
}
