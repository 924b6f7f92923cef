// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Refused;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;

/** Compares what a store answered with what it had to, in words about the store. */
final class StoreExpectations {

  private StoreExpectations() {}

  /** The write had to take effect. */
  static Written written(Reply reply, String situation) {
    if (reply instanceof Written written) {
      return written;
    }
    throw new AssertionFailedError(
        "The store refused " + situation + ". It must write.", "Written", text(reply));
  }

  /** The write had to be refused. */
  static Refused refused(Reply reply, String situation) {
    if (reply instanceof Refused refused) {
      return refused;
    }
    throw new AssertionFailedError(
        "The store wrote " + situation + ". It must refuse and change nothing.",
        "Refused",
        text(reply));
  }

  /** The write had to be refused by nothing being there. */
  static void refusedByNothing(Reply reply, String situation) {
    Optional<StoredRecord> existing = refused(reply, situation).existing();
    if (existing.isPresent()) {
      throw new AssertionFailedError(
          "The store refused " + situation + " and showed a record, where none is.",
          "Refused[existing=Optional.empty]",
          text(reply));
    }
  }

  /** The write had to be refused, and the refusal to show this record, whole. */
  static void refusedBy(StoredRecord expected, Reply reply, String situation) {
    Optional<StoredRecord> existing = refused(reply, situation).existing();
    if (existing.isEmpty()) {
      throw new AssertionFailedError(
          "The store refused "
              + situation
              + " and did not show the record that is there: the caller can't know why.",
          fields(expected),
          "no record");
    }
    same(expected, existing.get(), "The store refused " + situation + " and showed");
  }

  /** A record that the store may show, but only as it was. */
  static void replaced(StoredRecord expected, Written written, String situation) {
    written
        .before()
        .ifPresent(
            before -> same(expected, before, "The store wrote " + situation + " and showed"));
  }

  private static void same(StoredRecord expected, StoredRecord actual, String what) {
    Map<String, String> wanted = fields(expected);
    Map<String, String> found = fields(actual);
    Map<String, String> different = new LinkedHashMap<>(wanted);
    different.entrySet().removeIf(each -> each.getValue().equals(found.get(each.getKey())));
    if (!different.isEmpty()) {
      throw new AssertionFailedError(
          what + " a record whose " + different.keySet() + " is not what was written",
          wanted,
          found);
    }
  }

  private static String text(Reply reply) {
    Optional<StoredRecord> record =
        reply instanceof Written written ? written.before() : ((Refused) reply).existing();
    String kind = reply instanceof Written ? "Written, before: " : "Refused, existing: ";
    return kind + record.map(StoredRecord::toString).orElse("nothing");
  }

  private static Map<String, String> fields(StoredRecord record) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", record.id());
    fields.put("status", record.status().name());
    fields.put("expiry", record.expiry().toString());
    fields.put("owner", record.owner().toString());
    fields.put("claimedAt", record.claimedAt().toString());
    fields.put("leaseEnd", record.leaseEnd().toString());
    fields.put("content", record.content().name());
    fields.put("data", record.data().map(StoreExpectations::text).toString());
    fields.put("validation", record.validation().toString());
    return fields;
  }

  /** As text, if it is some, else in hexadecimal. */
  private static String text(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), data)
        ? text
        : HexFormat.of().formatHex(data);
  }
}
