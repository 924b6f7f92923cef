// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.nio.charset.StandardCharsets;

/** An event whose JSON is there already. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares events, and nobody else has the array
record JsonEvent(byte[] json) implements Event {

  @Override
  public byte[] toBytes() {
    return json.clone();
  }

  @Override
  public String toString() {
    return new String(json, StandardCharsets.UTF_8);
  }
}
