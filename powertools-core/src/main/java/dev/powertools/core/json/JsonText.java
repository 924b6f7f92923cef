// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

/**
 * A JSON string that is written in pieces, and cut as a whole. Made by {@link JsonWriter#text()},
 * which is not to be used until the {@link #end}. Confined to one thread.
 */
public final class JsonText {

  private final Utf8Buffer out;
  private int room;
  private int dropped;

  JsonText(Utf8Buffer out, int maxChars) {
    this.out = out;
    this.room = maxChars;
    out.ascii('"');
  }

  /** A piece. No surrogate pair may be divided among two. */
  public JsonText append(String piece) {
    int length = piece.length();
    int kept = length <= room ? length : cut(piece);
    out.escaped(piece, kept);
    room -= kept;
    return this;
  }

  /**
   * A piece that is escaped already; left out whole if there is no room for it.
   *
   * @param escaped what stands between the quotes
   * @param chars how many characters that stands for
   */
  public JsonText append(byte[] escaped, int chars) {
    if (chars <= room) {
      out.append(escaped, 0, escaped.length);
      room -= chars;
    } else {
      room = 0;
      dropped += chars;
    }
    return this;
  }

  private int cut(String piece) {
    int kept = room == 0 ? 0 : JsonWriter.keptChars(piece, room);
    dropped += piece.length() - kept;
    room = kept; // and nothing after it
    return kept;
  }

  /** Ends the string. */
  public void end() {
    if (dropped > 0) {
      String mark = JsonWriter.truncationMark(dropped);
      out.escaped(mark, mark.length());
    }
    out.ascii('"');
  }
}
