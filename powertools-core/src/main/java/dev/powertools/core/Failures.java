// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import dev.powertools.core.chain.TextForm;
import dev.powertools.core.config.DurationText;
import dev.powertools.core.internal.AwsFailure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells failures apart: which are worth another attempt, and which can never succeed. The one
 * classifier of the toolkit. Immutable and thread-safe.
 *
 * <p>An exception is judged by the first of these that has an opinion, and if none has, so is its
 * cause, down the chain:
 *
 * <ol>
 *   <li>the toolkit's own exceptions, by {@link PowertoolsException#disposition()};
 *   <li>the rules of the builder: of rules for classes the one for the most specific class, then
 *       predicates, in the order in which they were given;
 *   <li>{@link Permanent} and {@link Transient} on the exception's type;
 *   <li>AWS SDK exceptions: throttling, HTTP status 408, 425, 429 and 5xx, and what the SDK calls
 *       retryable are transient; 400, 401, 403 and 404 say nothing, since they may be about
 *       permissions that are just being granted.
 * </ol>
 *
 * <p>If nobody has an opinion, the failure is transient. Wrappers ({@link CompletionException},
 * {@link ExecutionException}, {@link InvocationTargetException}, {@link
 * UndeclaredThrowableException}) are looked through first.
 */
public final class Failures {

  private static final Failures DEFAULTS = new Builder().build();
  private static final int DEEPEST_CAUSE = 32;

  private final List<ClassRule> classRules;
  private final List<PredicateRule> predicates;

  private Failures(Builder builder) {
    this.classRules = List.copyOf(builder.classRules);
    this.predicates = List.copyOf(builder.predicates);
  }

  private record ClassRule(Class<? extends Throwable> type, Verdict verdict) {}

  private record PredicateRule(Predicate<? super Throwable> test, Verdict verdict) {}

  /**
   * What is to be done about a failure.
   *
   * @param disposition what becomes of the work
   * @param retryAfter how long to wait at least before the next attempt, if that is known
   */
  public record Verdict(Disposition disposition, Optional<Duration> retryAfter) {

    /** It can never succeed. */
    public static final Verdict PERMANENT = of(Disposition.DEAD_LETTER);

    /** It may succeed later. */
    public static final Verdict TRANSIENT = of(Disposition.RETRY_LATER);

    /** A verdict without a time. */
    public static Verdict of(Disposition disposition) {
      return new Verdict(disposition, Optional.empty());
    }

    /** It may succeed after {@code delay}. */
    public static Verdict retryAfter(Duration delay) {
      return new Verdict(Disposition.RETRY_LATER, Optional.of(delay));
    }
  }

  /** Without rules of the user's own. */
  public static Failures defaults() {
    return DEFAULTS;
  }

  /** A builder without rules. */
  public static Builder builder() {
    return new Builder();
  }

  /** Judges a failure. */
  public Verdict judge(Throwable failure) {
    Throwable each = unwrap(failure);
    for (int depth = 0; depth < DEEPEST_CAUSE; depth++) {
      Verdict verdict = opinion(each);
      // that one step is done says nothing about the work around it
      boolean ofInnerStep =
          depth > 0 && verdict != null && verdict.disposition() == Disposition.DONE;
      if (verdict != null && !ofInnerStep) {
        return verdict;
      }
      Throwable cause = causeOf(each);
      if (cause == null || cause == each) {
        break;
      }
      each = cause;
    }
    return Verdict.TRANSIENT;
  }

  /** The failure inside the wrappers that concurrency and reflection put around it. */
  public static Throwable unwrap(Throwable failure) {
    Throwable each = failure;
    for (int depth = 0; depth < DEEPEST_CAUSE && isWrapper(each); depth++) {
      Throwable cause = causeOf(each);
      if (cause == null) {
        return each;
      }
      each = cause;
    }
    return each;
  }

  /** A user's exception may override {@code getCause} and throw there; then it has none. */
  private static @Nullable Throwable causeOf(Throwable failure) {
    try {
      return failure.getCause();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return null;
    }
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof ExecutionException
        || failure instanceof InvocationTargetException
        || failure instanceof UndeclaredThrowableException;
  }

  private @Nullable Verdict opinion(Throwable failure) {
    if (failure instanceof PowertoolsException own) {
      return verdictOf(own);
    }
    Verdict verdict = byRules(failure);
    if (verdict == null) {
      verdict = byMark(failure.getClass());
    }
    return verdict == null ? AwsFailure.opinion(failure) : verdict;
  }

  private static @Nullable Verdict verdictOf(PowertoolsException own) {
    try {
      return own.verdict();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return null;
    }
  }

  private @Nullable Verdict byRules(Throwable failure) {
    ClassRule best = null;
    for (ClassRule rule : classRules) {
      boolean nearer =
          best == null || (best.type != rule.type && best.type.isAssignableFrom(rule.type));
      if (rule.type.isInstance(failure) && nearer) {
        best = rule;
      }
    }
    return best == null ? byPredicates(failure) : best.verdict;
  }

  private @Nullable Verdict byPredicates(Throwable failure) {
    for (PredicateRule rule : predicates) {
      if (accepts(rule, failure)) {
        return rule.verdict;
      }
    }
    return null;
  }

  /** A predicate that throws has no opinion. */
  private static boolean accepts(PredicateRule rule, Throwable failure) {
    try {
      return rule.test.test(failure);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return false;
    }
  }

  private static @Nullable Verdict byMark(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      Transient mark = c.getDeclaredAnnotation(Transient.class);
      if (c.getDeclaredAnnotation(Permanent.class) != null) {
        return Verdict.PERMANENT;
      }
      if (mark != null) {
        return of(mark);
      }
    }
    return null;
  }

  /** A time that can't be read is left to the policy: a failure is no moment to fail once more. */
  private static Verdict of(Transient mark) {
    return mark.retryAfter().isEmpty()
            || TextForm.DURATION.problemWith(mark.retryAfter()).isPresent()
        ? Verdict.TRANSIENT
        : Verdict.retryAfter(DurationText.parse(mark.retryAfter()));
  }

  /** Collects rules. Confined to one thread. */
  public static final class Builder {

    private final List<ClassRule> classRules = new ArrayList<>();
    private final List<PredicateRule> predicates = new ArrayList<>();

    private Builder() {}

    /** Exceptions of this type, or a subtype without a rule of its own, can never succeed. */
    public Builder permanent(Class<? extends Throwable> type) {
      classRules.add(new ClassRule(type, Verdict.PERMANENT));
      return this;
    }

    /** Exceptions of this type, or a subtype without a rule of its own, may succeed later. */
    public Builder transientFailure(Class<? extends Throwable> type) {
      classRules.add(new ClassRule(type, Verdict.TRANSIENT));
      return this;
    }

    /** What the predicate accepts gets the verdict; one that throws has no opinion. */
    public Builder when(Predicate<? super Throwable> test, Verdict verdict) {
      predicates.add(new PredicateRule(test, verdict));
      return this;
    }

    /** Makes the classifier. */
    public Failures build() {
      return new Failures(this);
    }
  }
}
