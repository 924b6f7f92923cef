// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link dev.powertools.tenancy.source.FromEnvelope} is as an annotation, for {@link
 * dev.powertools.tenancy.Tenancy}: {@code Tenancy.of(EnvelopeSource.accepting().source())}.
 * Immutable.
 */
public final class EnvelopeSource {

  private final Set<String> accepted;
  private final @Nullable Duration maxAge;

  private EnvelopeSource(Set<String> accepted, @Nullable Duration maxAge) {
    this.accepted = accepted;
    this.maxAge = maxAge;
  }

  /**
   * Messages that were sent to the record's own queue, and these.
   *
   * @param arns of topics and event buses
   * @throws IllegalArgumentException if one is no ARN
   */
  public static EnvelopeSource accepting(String... arns) {
    for (String arn : arns) {
      if (!EnvelopeText.isDestination(arn)) {
        throw new IllegalArgumentException("\"" + arn + "\" is not the ARN of a topic or bus");
      }
    }
    return new EnvelopeSource(Set.of(arns), null);
  }

  /** The same, for envelopes that are no older than this when queue or topic get them. */
  public EnvelopeSource maxAge(Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("maxAge must be positive: " + value);
    }
    return new EnvelopeSource(accepted, value);
  }

  /** The source. */
  public TenantSource source() {
    return TenantSource.of("@FromEnvelope", Trust.VERIFIED, new EnvelopeResolver(accepted, maxAge));
  }
}
