// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page, and where the compiled code is that it shows: a comment in the line
 * before the fence names a file and a region of it, as in {@code <!-- snippet: path/File.java#name
 * -->}.
 *
 * @param page the page
 * @param line where the block begins
 * @param source the file and region; empty if the page names none
 * @param text what the page shows
 */
record Snippet(Path page, int line, String source, String text) {

  private static final Pattern MARK = Pattern.compile("<!-- snippet: (\\S+) -->");
  private static final Pattern FENCE = Pattern.compile("```(java|xml|kotlin)");

  /** All blocks of code on a page. */
  static List<Snippet> on(Path page) {
    List<Snippet> snippets = new ArrayList<>();
    List<String> lines = PublishedModules.read(page).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (FENCE.matcher(lines.get(i)).matches()) {
        Matcher mark = MARK.matcher(i == 0 ? "" : lines.get(i - 1));
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        snippets.add(
            new Snippet(
                page,
                i + 1,
                mark.matches() ? mark.group(1) : "",
                String.join("\n", lines.subList(i + 1, end))));
        i = end;
      }
    }
    return snippets;
  }

  /** What the code says, without the blank lines that the formatter leaves before the mark. */
  String code() {
    String[] parts = source.split("#", 2);
    List<String> lines = PublishedModules.read(Path.of("..", parts[0])).lines().toList();
    int start = indexOf(lines, "region " + parts[1], 0) + 1;
    return String.join("\n", unindented(lines.subList(start, indexOf(lines, "endregion", start))))
        .stripTrailing();
  }

  private int indexOf(List<String> lines, String mark, int from) {
    for (int i = from; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.equals("// " + mark) || line.equals("<!-- " + mark + " -->")) {
        return i;
      }
    }
    throw new AssertionError(this + ": no \"" + mark + "\" in " + source);
  }

  private static List<String> unindented(List<String> lines) {
    int indent =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return lines.stream().map(line -> line.isBlank() ? "" : line.substring(indent)).toList();
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}
