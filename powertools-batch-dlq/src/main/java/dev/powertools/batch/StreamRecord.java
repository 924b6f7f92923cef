// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.AttributeKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What records of streams have in common. Immutable. */
interface StreamRecord extends BatchRecord {

  AttributeKey<String> RECORD_ID =
      AttributeKey.of("record_id", String.class).loggable().traceable();

  /** It as it stood in its event; where SQS takes a character only escaped, it is escaped. */
  String json();

  @Override
  default AttributeKey<String> idKey() {
    return RECORD_ID;
  }

  /** Two streams may give the same number. */
  @Override
  default String workId() {
    return source() + "#" + id();
  }

  @Override
  default boolean isQueued() {
    return false;
  }

  @Override
  default int receiveCount() {
    return 0;
  }

  @Override
  default @Nullable String receipt() {
    return null;
  }

  @Override
  default DeadLetterMessage letter() {
    String body = json().replace("\uFFFE", "\\uFFFE").replace("\uFFFF", "\\uFFFF");
    return new DeadLetterMessage(body, Map.of(), null, null, deduplicationId());
  }

  /** Sequence numbers are no message ids: they may be those of another stream, or too long. */
  private String deduplicationId() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(workId().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
