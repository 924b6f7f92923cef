// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.redact;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonLimits;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which secrets are masked in what people read: logs, logged events, spans and failure
 * texts. What the function stores, sends or answers is never redacted.
 *
 * <p>Rules go by the name of a member (of a JSON object, a map, a record, a log key; case, hyphens
 * and underscores do not matter), by a JSON Pointer from the value that is written, by {@link
 * Sensitive}, and by the look of a text. Text that holds a JSON object or array is looked into.
 * When in doubt a value is masked: a pattern that fails on a text masks all of it.
 *
 * <p>{@link #defaults()} masks by name what is a secret nearly everywhere ({@link #DEFAULT_NAMES})
 * and what is marked {@link Sensitive}; patterns are asked for, since they cost time. A function's
 * redactor is a part of its runtime. Immutable and thread-safe.
 */
public final class Redactor {

  /** What stands in the place of what is masked. */
  public static final String MASK = "[REDACTED]";

  /** The names whose values {@link #defaults()} masks. */
  public static final Set<String> DEFAULT_NAMES =
      Set.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "secret",
          "clientSecret",
          "secretKey",
          "secretAccessKey",
          "awsSecretAccessKey",
          "sessionToken",
          "securityToken",
          "xAmzSecurityToken",
          "token",
          "accessToken",
          "refreshToken",
          "idToken",
          "authorization",
          "proxyAuthorization",
          "apiKey",
          "xApiKey",
          "privateKey",
          "cookie",
          "cookies",
          "setCookie",
          "cardNumber",
          "cvv",
          "cvc",
          "pin",
          "credentials");

  private static final int MAX_JSON_CHARS = 8 * 1024 * 1024;
  private static final Redactor NONE = new Redactor(new Builder());
  private static final Redactor DEFAULTS = builder().build();

  private final Set<String> nameList;
  private final @Nullable Names names;
  private final List<JsonPointer> pointers;
  private final List<TextRule> patterns;
  private final boolean annotations;

  private Redactor(Builder builder) {
    nameList = Set.copyOf(builder.names);
    names = builder.names.isEmpty() ? null : new Names(builder.names);
    pointers = List.copyOf(builder.pointers);
    patterns = List.copyOf(builder.patterns);
    annotations = builder.annotations;
  }

  /** Masks nothing at all. */
  public static Redactor none() {
    return NONE;
  }

  /** Masks {@link #DEFAULT_NAMES} and what is {@link Sensitive}. */
  public static Redactor defaults() {
    return DEFAULTS;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder().annotations().names(DEFAULT_NAMES);
  }

  /** The redactor of a runtime: its part of this type, else the defaults. */
  public static Redactor of(FunctionRuntime runtime) {
    return runtime.part(Redactor.class, none -> DEFAULTS);
  }

  /** A builder with these rules. */
  public Builder toBuilder() {
    Builder builder = new Builder().names(nameList);
    builder.annotations = annotations;
    builder.pointers.addAll(pointers);
    builder.patterns.addAll(patterns);
    return builder;
  }

  /** Whether there is a rule at all. */
  public boolean isActive() {
    return names != null || annotations || !pointers.isEmpty() || !patterns.isEmpty();
  }

  /** Whether the values of members of this name are masked. */
  public boolean hidesName(String name) {
    return names != null && names.contains(name);
  }

  /** Whether what is marked {@link Sensitive} is masked. */
  public boolean hidesSensitive() {
    return annotations;
  }

  /**
   * Whether the text of a value, its {@code toString()}, may show what is marked {@link Sensitive}.
   * Containers of containers are taken for such, since asking would cost more than masking.
   */
  public boolean hidesTextOf(Object value) {
    return annotations && SensitiveFields.in(value);
  }

  /** The places that are masked, from the value that is written. */
  public List<JsonPointer> pointers() {
    return pointers;
  }

  /** A text for people: masked inside if it holds JSON, and where it matches a pattern. */
  public String text(String text) {
    if (!isActive() || text.isEmpty()) {
      return text;
    }
    return patterned(holdsJson(text) ? inside(text) : text);
  }

  /**
   * Whether {@link #text} may change a text of this beginning, however it goes on.
   *
   * @param beginning its first character at least, if it is not empty
   */
  public boolean mayChange(String beginning) {
    return !patterns.isEmpty() || beginning.isBlank() || holdsJson(beginning);
  }

  /**
   * JSON for people. What is not JSON is taken as UTF-8 text.
   *
   * @param json the bytes of a JSON value
   */
  public String json(byte[] json) {
    if (!isActive()) {
      return new String(json, StandardCharsets.UTF_8);
    }
    try {
      return written(JsonTree.read(json, JsonTree.Duplicates.MARK));
    } catch (InvalidJsonException e) {
      return patterned(new String(json, StandardCharsets.UTF_8));
    }
  }

  private String patterned(String text) {
    String masked = text;
    for (TextRule rule : patterns) {
      try {
        masked = rule.apply(masked);
      } catch (RuntimeException | StackOverflowError e) {
        return MASK; // a pattern that fails has not shown that there is no secret
      }
    }
    return masked;
  }

  private boolean holdsJson(String text) {
    if (text.length() > MAX_JSON_CHARS || (names == null && pointers.isEmpty())) {
      return false;
    }
    int at = 0;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at < text.length() && (text.charAt(at) == '{' || text.charAt(at) == '[');
  }

  private String inside(String text) {
    try {
      return written(JsonTree.read(text, JsonTree.Duplicates.MARK));
    } catch (InvalidJsonException e) {
      return text;
    }
  }

  private String written(@Nullable Object tree) {
    JsonWriter writer = new JsonWriter(JsonLimits.none()).redactor(this);
    return new String(writer.value(tree).toByteArray(), StandardCharsets.UTF_8);
  }

  /** Collects rules. Confined to one thread. */
  public static final class Builder {
    private final Set<String> names = new TreeSet<>();
    private final List<JsonPointer> pointers = new ArrayList<>();
    private final List<TextRule> patterns = new ArrayList<>();
    private boolean annotations;

    private Builder() {}

    private Builder annotations() {
      annotations = true;
      return this;
    }

    /** Masks the values of members of these names too. */
    public Builder names(String... more) {
      return names(List.of(more));
    }

    private Builder names(Iterable<String> more) {
      for (String name : more) {
        if (name.isBlank()) {
          throw new ConfigurationException("A redaction rule has an empty name: give it one");
        }
        names.add(name);
      }
      return this;
    }

    /** Masks no name, not even the default ones, except those that are given after this. */
    public Builder noNames() {
      names.clear();
      return this;
    }

    /**
     * Masks the value at a place, {@code /order/customer/email}; {@code *} stands for any one step.
     *
     * @throws ConfigurationException if the pointer is malformed
     */
    public Builder pointer(String pointer) {
      try {
        pointers.add(JsonPointer.of(pointer));
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException("A redaction rule's " + e.getMessage(), e);
      }
      return this;
    }

    /** Masks what looks like one of these, wherever it stands in a text. */
    public Builder texts(SensitiveText... kinds) {
      for (SensitiveText kind : kinds) {
        patterns.add(kind.rule());
      }
      return this;
    }

    /**
     * Masks what a regular expression matches, wherever it stands in a text.
     *
     * @throws ConfigurationException if it does not compile
     */
    public Builder pattern(String regex) {
      try {
        patterns.add(new TextRule(Pattern.compile(Objects.requireNonNull(regex)), match -> true));
      } catch (PatternSyntaxException e) {
        throw new ConfigurationException(
            "The redaction rule \"" + regex + "\" is no regular expression: " + e.getMessage(), e);
      }
      return this;
    }

    /** Makes the redactor. */
    public Redactor build() {
      return new Redactor(this);
    }
  }
}
