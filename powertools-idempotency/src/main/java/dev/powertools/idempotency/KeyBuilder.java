// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.KeyScope;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.CanonicalJson;
import dev.powertools.core.json.JsonPointer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys of one place. Immutable and thread-safe.
 *
 * <p>A key is the SHA-256 of a canonical JSON array: format version, function, work, key-scoping
 * facts, and the user's key. The array's quoting keeps them apart whatever they contain, and equal
 * keys have equal bytes whatever wrote them. The id shows function and work before the hash for
 * people who read the table.
 */
final class KeyBuilder {

  private static final String FORMAT = "1";
  private static final int LONGEST_NAME = 255;
  private static final byte[] NO_SCOPE = {'{', '}'};
  private static final KeySource WORK_ID = new KeySource(0, JsonPointer.root());

  private final FunctionRuntime runtime;
  private final Operation operation;
  private final @Nullable KeySource source;
  private final String idPrefix;
  private final byte[] head;
  private final MessageDigest begun;
  private final @Nullable PowertoolsKeys foreign;

  /**
   * Makes the keys of an operation.
   *
   * @param source where a key is; {@code null} for the work id
   */
  KeyBuilder(FunctionRuntime runtime, Operation operation, @Nullable KeySource source) {
    this(runtime, operation, source, null);
  }

  /**
   * Makes the keys of an operation.
   *
   * @param foreign makes them instead, in another library's format, if there is one
   */
  KeyBuilder(
      FunctionRuntime runtime,
      Operation operation,
      @Nullable KeySource source,
      @Nullable PowertoolsKeys foreign) {
    this.foreign = foreign;
    this.runtime = runtime;
    this.operation = operation;
    this.source = source;
    String function = runtime.config().variable("AWS_LAMBDA_FUNCTION_NAME").orElse("local");
    this.idPrefix = FORMAT + "#" + function + "#" + operation.label() + "#";
    this.head = canonical(List.of(FORMAT, function, operation.identity()));
    this.begun = sha256();
    begun.update(head, 0, head.length - 1); // the array goes on
    begun.update((byte) ',');
  }

  /**
   * The key of one call.
   *
   * @throws IdempotencyKeyException if it is missing, null or empty, or cannot be read
   * @throws dev.powertools.core.MissingScopeException if a required key-scoping fact is absent
   */
  ClaimKey of(Invocation invocation) {
    if (foreign != null) {
      PowertoolsFormat.requireNoScope(runtime, foreign.shared());
      return foreign.of(invocation.argument(foreign.argument()));
    }
    FunctionInvocation function = invocation.function();
    Map<String, String> scope = KeyScope.of(runtime, Optional.of(function));
    MessageDigest digest = copy(begun);
    digest.update(scope.isEmpty() ? NO_SCOPE : canonical(scope));
    digest.update((byte) ',');
    digest.update(key(invocation, function));
    digest.update((byte) ']');
    String hash = HexFormat.of().formatHex(digest.digest());
    return new ClaimKey(idPrefix.concat(hash), operation.label(), hash);
  }

  /** The name of the work. */
  String operation() {
    return operation.label();
  }

  private byte[] key(Invocation invocation, FunctionInvocation function) {
    if (source != null) {
      return source.read(invocation.argument(source.argument()));
    }
    if (function.parent().isEmpty()) {
      throw new ConfigurationException(
          invocation.joinPoint().describe()
              + ": @Idempotent has no key, and this call is no record of a batch, whose work id"
              + " would be the key. Set key = \"/path/to/it\", or put @IdempotencyKey on a"
              + " parameter, record component or field of a bean.");
    }
    return WORK_ID.read(function.workId());
  }

  private static byte[] canonical(Object value) {
    byte[] json = EventView.of(value).json(JsonPointer.root()).orElseThrow();
    return CanonicalJson.of(json);
  }

  /** A copy costs less than a new one, and the head need not be hashed again. */
  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of this Java platform can't be copied", e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * What work the keys are for.
   *
   * @param label for people
   * @param identity for the hash
   */
  record Operation(String label, Map<String, String> identity) {

    static Operation named(String name) {
      if (name.length() > LONGEST_NAME) {
        throw new ConfigurationException(
            "the name of the work has "
                + name.length()
                + " characters, and a store's keys have no room for more than "
                + LONGEST_NAME);
      }
      return new Operation(name, Map.of("name", name));
    }

    static Operation ofMethod(String label, String method) {
      return new Operation(label, Map.of("method", method));
    }
  }

  @Override
  public String toString() {
    return new String(head, StandardCharsets.UTF_8);
  }
}
