// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.json.PayloadCodec;
import dev.powertools.core.json.TypedCodec;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Refused;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records as AWS Powertools for Java keeps them, in a store of ours: no result is the JSON {@code
 * null}, and text is kept as it is, without quotes. Thread-safe if the store is.
 */
final class PowertoolsRecords implements IdempotencyStore {

  private static final String NULL = "null";

  private final IdempotencyStore store;
  private final boolean plainText;
  private final TypedCodec<String> json = PayloadCodec.standard().forClass(String.class);

  PowertoolsRecords(IdempotencyStore store, Type result) {
    this.store = store;
    this.plainText = result == String.class;
  }

  /** A record as a store keeps it, for whoever writes it without that store. */
  static StoredRecord asKept(StoredRecord record, IdempotencyStore store) {
    return store instanceof PowertoolsRecords records ? records.theirs(record) : record;
  }

  @Override
  public Reply claim(StoredRecord claim, Instant now) {
    return ours(store.claim(theirs(claim), now));
  }

  @Override
  public Reply complete(StoredRecord completed, Instant now) {
    return ours(store.complete(theirs(completed), now));
  }

  @Override
  public Reply release(StoredRecord claim, Instant now) {
    return ours(store.release(claim, now));
  }

  @Override
  public int maxDataBytes() {
    return store.maxDataBytes();
  }

  @Override
  public void start(FunctionRuntime runtime) {
    store.start(runtime);
  }

  private static boolean isResult(StoredRecord record) {
    return record.status() == Status.COMPLETED && record.content() == Content.RESULT;
  }

  private StoredRecord theirs(StoredRecord record) {
    if (!isResult(record)) {
      return record;
    }
    byte[] data = record.data().orElse(null);
    if (data == null) {
      return record.toBuilder().data(NULL.getBytes(StandardCharsets.UTF_8)).build();
    }
    return plainText
        ? record.toBuilder()
            .data(String.valueOf(json.read(data)).getBytes(StandardCharsets.UTF_8))
            .build()
        : record;
  }

  private Reply ours(Reply reply) {
    return reply instanceof Refused refused
        ? new Refused(refused.existing().map(this::ours))
        : reply;
  }

  private StoredRecord ours(StoredRecord record) {
    Optional<String> text = record.data().map(data -> new String(data, StandardCharsets.UTF_8));
    if (!isResult(record) || text.isEmpty()) {
      return record;
    }
    if (text.get().equals(NULL)) {
      return record.toBuilder().data(null).build();
    }
    return plainText ? record.toBuilder().data(json.write(text.get())).build() : record;
  }

  /** Two of one store have their records in common. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PowertoolsRecords records && records.store.equals(store);
  }

  @Override
  public int hashCode() {
    return store.hashCode();
  }

  @Override
  public String toString() {
    return store + ", in the format of AWS Powertools";
  }
}
