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
  private static final byte[] NO_SCOPE = {'{', '}'};
  private static final KeySource WORK_ID = new KeySource(0, JsonPointer.root());

  private final FunctionRuntime runtime;
  private final Operation operation;
  private final @Nullable KeySource source;
  private final String idPrefix;
  private final byte[] head;

  /**
   * Makes the keys of an operation.
   *
   * @param source where a key is; {@code null} for the work id
   */
  KeyBuilder(FunctionRuntime runtime, Operation operation, @Nullable KeySource source) {
    this.runtime = runtime;
    this.operation = operation;
    this.source = source;
    String function = runtime.config().variable("AWS_LAMBDA_FUNCTION_NAME").orElse("local");
    this.idPrefix = FORMAT + "#" + function + "#" + operation.label() + "#";
    this.head = canonical(List.of(FORMAT, function, operation.identity()));
  }

  /**
   * The key of one call.
   *
   * @throws IdempotencyKeyException if it is missing, null or empty, or cannot be read
   * @throws dev.powertools.core.MissingScopeException if a required key-scoping fact is absent
   */
  ClaimKey of(Invocation invocation) {
    FunctionInvocation function = invocation.function();
    Map<String, String> scope = KeyScope.of(runtime, Optional.of(function));
    MessageDigest digest = sha256();
    digest.update(head, 0, head.length - 1); // the array goes on
    digest.update((byte) ',');
    digest.update(scope.isEmpty() ? NO_SCOPE : canonical(scope));
    digest.update((byte) ',');
    digest.update(key(invocation, function));
    digest.update((byte) ']');
    String hash = HexFormat.of().formatHex(digest.digest());
    return new ClaimKey(idPrefix + hash, operation.label(), hash);
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
              + " parameter or record component.");
    }
    return WORK_ID.read(function.workId());
  }

  private static byte[] canonical(Object value) {
    byte[] json = EventView.of(value).json(JsonPointer.root()).orElseThrow();
    return CanonicalJson.of(json);
  }

  private static MessageDigest sha256() {
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
