// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What errors of the same origin have in common: 16 hexadecimal digits over the names of the
 * throwables' classes and of their frames' classes and methods (FNV-1a over {@link
 * String#hashCode()}). No messages, no line numbers, no frames that a cause shares with what it
 * caused, and none of classes that are generated at run time, whose names differ from process to
 * process.
 */
final class ErrorHash {

  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private ErrorHash() {}

  static String of(List<IThrowableProxy> chain, KnownFrames known) {
    long hash = BASIS;
    for (IThrowableProxy thrown : chain) {
      hash = with(hash, thrown.getClassName());
      @Nullable StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
      if (frames != null) {
        int own = frames.length - Math.min(thrown.getCommonFrames(), frames.length);
        for (int i = 0; i < own; i++) {
          StackTraceElementProxy frame = frames[i];
          hash = frame == null ? hash : with(hash, frame.getStackTraceElement(), known);
        }
      }
    }
    return hex(hash);
  }

  private static long with(long hash, StackTraceElement frame, KnownFrames known) {
    return known.known(frame).isGenerated()
        ? hash
        : with(with(hash, frame.getClassName()), frame.getMethodName());
  }

  private static long with(long hash, String text) {
    return (hash ^ text.hashCode()) * PRIME;
  }

  private static String hex(long hash) {
    char[] digits = new char[16];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = Character.forDigit((int) (hash >>> (60 - 4 * i)) & 0xF, 16);
    }
    return new String(digits);
  }
}
