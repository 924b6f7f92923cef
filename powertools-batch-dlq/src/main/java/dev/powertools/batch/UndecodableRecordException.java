// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.Disposition;
import dev.powertools.core.PowertoolsException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a record is not what its handler takes, so the handler was not called. The record
 * goes to the dead-letter queue. The message says where and what was expected, never what was
 * there; the cause may quote a little of it.
 */
public final class UndecodableRecordException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  UndecodableRecordException(
      String recordId, Type expected, String problem, @Nullable Throwable cause) {
    super("Record " + recordId + " is no " + expected.getTypeName() + ": " + problem, cause);
  }

  @Override
  public Disposition disposition() {
    return Disposition.DEAD_LETTER;
  }
}
