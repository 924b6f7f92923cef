// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What Lambda's function configuration says, with its defaults: memory 512 MB, timeout 3 s, version
 * {@code $LATEST}, region {@code us-east-1}, account {@code 000000000000}, no variables; the name
 * is the handler class's simple name; at most 2 execution environments at once.
 *
 * <p>Immutable.
 */
public final class FunctionOptions {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu/MM/dd");

  private final String handler;
  private final String name;
  private final String version;
  private final int memoryMegabytes;
  private final Duration timeout;
  private final String region;
  private final String accountId;
  private final Map<String, String> environment;
  private final int maxConcurrency;

  private FunctionOptions(Builder builder) {
    handler = builder.handler;
    name = builder.name;
    version = builder.version;
    memoryMegabytes = builder.memoryMegabytes;
    timeout = builder.timeout;
    region = builder.region;
    accountId = builder.accountId;
    environment = Map.copyOf(builder.environment);
    maxConcurrency = builder.maxConcurrency;
  }

  /**
   * Starts from the defaults.
   *
   * @param handler {@code package.Class} or {@code package.Class::method}
   */
  public static Builder builder(String handler) {
    return new Builder(handler);
  }

  /** As {@link #builder(String)}, by the handler's class. */
  public static Builder builder(Class<?> handler) {
    return builder(handler.getName());
  }

  /** The defaults for a handler. */
  public static FunctionOptions of(String handler) {
    return builder(handler).build();
  }

  /** As {@link #of(String)}, by the handler's class. */
  public static FunctionOptions of(Class<?> handler) {
    return of(handler.getName());
  }

  /** The handler: {@code package.Class} or {@code package.Class::method}. */
  public String handler() {
    return handler;
  }

  /** The function's name. */
  public String name() {
    return name;
  }

  /** The function's version. */
  public String version() {
    return version;
  }

  /** The memory limit that the function is told, in MB; it isn't enforced. */
  public int memoryMegabytes() {
    return memoryMegabytes;
  }

  /** How long one invocation may take; initialisation doesn't count. */
  public Duration timeout() {
    return timeout;
  }

  /** The AWS region that the function is told. */
  public String region() {
    return region;
  }

  /** The account in the function's ARN. */
  public String accountId() {
    return accountId;
  }

  /** The function's own environment variables; they win over ours. */
  public Map<String, String> environment() {
    return environment;
  }

  /** How many execution environments there may be at once. */
  public int maxConcurrency() {
    return maxConcurrency;
  }

  /** The function's ARN. */
  public String arn() {
    return "arn:aws:lambda:" + region + ":" + accountId + ":function:" + name;
  }

  String logGroup() {
    return "/aws/lambda/" + name;
  }

  /** A name as Lambda gives to the log stream of an environment. */
  String newLogStream(Instant start) {
    String day = DAY.format(start.atOffset(ZoneOffset.UTC));
    String random = UUID.randomUUID().toString().replace("-", "");
    return day + "/[" + version + "]" + random;
  }

  String handlerClass() {
    int colons = handler.indexOf("::");
    return colons < 0 ? handler : handler.substring(0, colons);
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private final String handler;
    private String name;
    private String version = "$LATEST";
    private int memoryMegabytes = 512;
    private Duration timeout = Duration.ofSeconds(3);
    private String region = "us-east-1";
    private String accountId = "000000000000";
    private Map<String, String> environment = Map.of();
    private int maxConcurrency = 2;

    private Builder(String handler) {
      this.handler = Objects.requireNonNull(handler, "handler");
      String type = handler.replaceFirst("::.*", "");
      this.name = type.substring(type.lastIndexOf('.') + 1).replace('$', '-');
    }

    /** See {@link FunctionOptions#name()}. */
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /** See {@link FunctionOptions#version()}. */
    public Builder version(String version) {
      this.version = version;
      return this;
    }

    /** See {@link FunctionOptions#memoryMegabytes()}. */
    public Builder memoryMegabytes(int memoryMegabytes) {
      this.memoryMegabytes = memoryMegabytes;
      return this;
    }

    /** See {@link FunctionOptions#timeout()}. */
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /** See {@link FunctionOptions#region()}. */
    public Builder region(String region) {
      this.region = region;
      return this;
    }

    /** See {@link FunctionOptions#accountId()}. */
    public Builder accountId(String accountId) {
      this.accountId = accountId;
      return this;
    }

    /** See {@link FunctionOptions#environment()}. */
    public Builder environment(Map<String, String> environment) {
      this.environment = new LinkedHashMap<>(environment);
      return this;
    }

    /** See {@link FunctionOptions#maxConcurrency()}. */
    public Builder maxConcurrency(int maxConcurrency) {
      this.maxConcurrency = maxConcurrency;
      return this;
    }

    /**
     * Validates and builds.
     *
     * @throws IllegalArgumentException naming the option and its value
     */
    public FunctionOptions build() {
      Options.require(
          !handler.isBlank() && !handler.startsWith("::"),
          "handler",
          handler,
          "a class, such as com.acme.Orders, or its method, com.acme.Orders::handle");
      Options.require(!name.isBlank(), "name", name, "a name");
      Options.require(memoryMegabytes >= 128, "memoryMegabytes", memoryMegabytes, "128 or more");
      Options.require(maxConcurrency >= 1, "maxConcurrency", maxConcurrency, "1 or more");
      Options.require(
          timeout.toMillis() > 0 && timeout.compareTo(Duration.ofMinutes(15)) <= 0,
          "timeout",
          timeout,
          "more than 0 and at most 15 minutes");
      return new FunctionOptions(this);
    }
  }
}
