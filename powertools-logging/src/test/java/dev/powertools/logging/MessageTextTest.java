// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.MessageFormatter;

class MessageTextTest {

  private static final String[] PIECES = {"{}", "{", "}", "\\", "a", " ", "é", "{}{}", "\\{}"};
  private static final @Nullable Object[] ARGUMENTS = {
    "text",
    1,
    2L,
    3.5,
    null,
    true,
    'c',
    new int[] {1, 2},
    new Object[] {"a", new String[] {"b", null}},
    new byte[0],
    Thread.State.NEW,
    new IllegalStateException("x")
  };

  @Test
  void reads_as_slf4j_formats_it() {
    Seeds.forEach(
        20_000,
        random -> {
          String pattern = pattern(random);
          @Nullable Object[] arguments = arguments(random);
          StringBuilder text = new StringBuilder();
          MessageText.append(text, pattern, arguments, new Line());
          assertThat(text.toString())
              .as(pattern)
              .isEqualTo(MessageFormatter.arrayFormat(pattern, arguments).getMessage());
        });
  }

  private static String pattern(Random random) {
    StringBuilder pattern = new StringBuilder();
    for (int n = random.nextInt(8); n > 0; n--) {
      pattern.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return pattern.toString();
  }

  private static @Nullable Object[] arguments(Random random) {
    @Nullable Object[] arguments = new @Nullable Object[random.nextInt(5)];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = ARGUMENTS[random.nextInt(ARGUMENTS.length)];
    }
    return arguments;
  }

  @Test
  void names_an_argument_whose_text_can_not_be_had() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new AssertionError("no");
          }
        };
    StringBuilder text = new StringBuilder();
    MessageText.append(text, "a {} b", new Object[] {hostile}, new Line());
    assertThat(text.toString())
        .isEqualTo(
            "a !toString() of "
                + hostile.getClass().getName()
                + " threw java.lang.AssertionError b");
  }
}
