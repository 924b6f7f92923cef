// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlierTest {

  private final Exception first = new Exception("first");
  private final Exception second = new Exception("second");
  private final Exception last = new Exception("last");

  @Test
  void failures_are_told_in_their_order() {
    Earlier.attach(last, List.of(first, second));

    assertThat(last.getSuppressed()).containsExactly(first, second);
  }

  @Test
  void one_and_the_same_failure_is_told_once() {
    Earlier.attach(last, List.of(last, first, first, last));

    assertThat(last.getSuppressed()).containsExactly(first);
  }

  @Test
  void what_the_last_one_tells_already_is_not_told_again() {
    Exception wrapper = new Exception("wrapper", first);
    wrapper.addSuppressed(second);

    Earlier.attach(wrapper, List.of(first, second));

    assertThat(wrapper.getSuppressed()).containsExactly(second);
  }

  @Test
  void what_a_later_one_tells_already_is_not_told_again() {
    Exception wrapper = new Exception("wrapper", first);

    Earlier.attach(last, List.of(first, wrapper));

    assertThat(last.getSuppressed()).containsExactly(wrapper);
  }

  @Test
  void nothing_runs_in_circles() {
    Exception around = new Exception("around", last);

    Earlier.attach(last, List.of(around));

    assertThat(last.getSuppressed()).isEmpty();
    StringWriter text = new StringWriter();
    last.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain("CIRCULAR");
  }

  @Test
  void a_failure_that_is_kept_in_a_constant_does_not_grow_for_ever() {
    for (int i = 0; i < 1000; i++) {
      Earlier.attach(last, List.of(new Exception("call " + i)));
    }

    assertThat(last.getSuppressed()).hasSizeLessThan(256);
  }

  @Test
  void a_cause_that_throws_is_none() {
    Exception hostile =
        new Exception("hostile") {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Throwable getCause() {
            throw new IllegalStateException();
          }
        };

    Earlier.attach(last, List.of(hostile));

    assertThat(last.getSuppressed()).containsExactly(hostile);
  }
}
