// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.tenancy.envelope.Sealer.Opened;
import dev.powertools.tenancy.spi.TenantResolver;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Proves whose message a unit of work is. Thread-safe. */
final class EnvelopeResolver implements TenantResolver {

  /** By how much the clocks of senders and queues may differ. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Set<String> accepted;
  private final @Nullable Duration maxAge;

  EnvelopeResolver(Set<String> accepted, @Nullable Duration maxAge) {
    this.accepted = accepted;
    this.maxAge = maxAge;
  }

  @Override
  public Optional<String> resolve(FunctionInvocation work) {
    Letter letter = Letters.in(work, !accepted.isEmpty());
    if (letter == null) {
      return Optional.empty();
    }
    Opened opened =
        Sealer.of(work.runtime()).open(letter.envelope(), destinations(letter), letter.body());
    requireYoung(opened, letter.sentAt());
    return Optional.of(opened.tenant());
  }

  /** A queue's message may come through a topic; a topic's comes from that alone. */
  private Set<String> destinations(Letter letter) {
    if (!letter.topic().isEmpty()) {
      return accepted.contains(letter.topic()) ? Set.of(letter.topic()) : Set.of();
    }
    if (letter.queue().isEmpty()) {
      return accepted;
    }
    Set<String> all = new HashSet<>(accepted);
    all.add(letter.queue());
    return all;
  }

  private void requireYoung(Opened opened, @Nullable Instant sentAt) {
    if (maxAge == null) {
      return;
    }
    if (sentAt == null) {
      throw new EnvelopeRefusedException(
          EnvelopeRefusal.TOO_OLD, ": the event does not say when that was");
    }
    Duration age = Duration.between(opened.issuedAt(), sentAt);
    if (age.compareTo(maxAge) > 0 || age.compareTo(SKEW.negated()) < 0) {
      throw new EnvelopeRefusedException(EnvelopeRefusal.TOO_OLD, ": " + age);
    }
  }
}
